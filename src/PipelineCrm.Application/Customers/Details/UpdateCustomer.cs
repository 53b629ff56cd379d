using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>Writes fields of a customer (merge patch). Its purchase status is not a field: its deals' moves keep that.</summary>
public static class UpdateCustomer
{
    public sealed record Command(CustomerId Id, long Version, CustomerFields Fields) : IRequest<CustomerView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(CodeLookup codes)
        {
            this.AddVersion(c => c.Version);
            this.AddFields(c => c.Fields, codes);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CustomerConflicts conflicts, CurrentFactCatalog facts)
        : IHandler<Command, CustomerView>
    {
        public async Task<Result<CustomerView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({AdvisoryLocks.Rules})", ct);
            await db.Lock(request.Id, ct);
            if (await db.Customers.SingleOrDefaultAsync(c => c.Id == request.Id, ct) is not { } customer)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (customer.Version != request.Version)
            {
                return new Problem(ProblemCode.Conflict,
                    ProblemMessages.Conflict)
                { Detail = await conflicts.Since(customer, request.Version, ct) };
            }

            if (CustomerArchiver.Validate(customer) is { } archived)
            {
                return archived;
            }

            var catalog = await facts.LoadAgain(ct);
            var sent = await request.Fields.Read(db, actors.Current, catalog, CustomerFactMapping.Read(db.Entry(customer), catalog), ct);
            if (!sent.Ok)
            {
                return sent.Problem;
            }

            CustomerFactMapping.Write(db.Entry(customer), catalog, sent.Value.Sent);
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
