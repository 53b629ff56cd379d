using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Texts;

namespace PipelineCrm.Customers;

/// <summary>Writes fields of a customer (merge patch). Its purchase status is not a field: its deals' moves keep that.</summary>
public static class UpdateCustomer
{
    public sealed record Command(CustomerId Id, long Version, CustomerFields Fields) : IRequest<CustomerView>
    {
        public static Access Access => Access.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(KnownCodes codes)
        {
            this.AddVersion(c => c.Version);
            this.AddFields(c => c.Fields, codes);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors, CustomerChanges changes, FactsInUse facts) : IHandler<Command, CustomerView>
    {
        public async Task<Result<CustomerView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({Locks.Rules})", ct);
            await db.Lock(request.Id, ct);
            if (await db.Customers.SingleOrDefaultAsync(c => c.Id == request.Id, ct) is not { } customer)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            if (customer.Version != request.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemText.Conflict) { Detail = await changes.Since(customer, request.Version, ct) };
            }

            if (ArchiveOfCustomers.InTheWay(customer) is { } archived)
            {
                return archived;
            }

            var catalog = await facts.LoadAgain(ct);
            var sent = await request.Fields.Read(db, actors.Current, catalog, CustomerContent.Read(db.Entry(customer), catalog), ct);
            if (!sent.Ok)
            {
                return sent.Problem;
            }

            CustomerContent.Write(db.Entry(customer), catalog, sent.Value.Sent);
            if (db.ChangeTracker.HasChanges())
            {
                customer.Version++;
                await db.SaveChangesAsync(ct);
            }

            await transaction.CommitAsync(ct);
            return CustomerView.Of(customer);
        }
    }
}
