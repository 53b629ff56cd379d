using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
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
            RuleFor(c => c.Fields.Name.Value).RequiredText(Customer.NameLength).When(c => c.Fields.Name.IsSent).OverridePropertyName("name");
            RuleFor(c => c.Fields.Type.Value).IsInEnum().WithMessage(_ => FieldText.UnknownChoice).When(c => c.Fields.Type.IsSent).OverridePropertyName("type");
            RuleFor(c => c.Fields.Email.Value).Email(Customer.EmailLength).OverridePropertyName("email");
            RuleFor(c => c.Fields.Phone.Value).Phone(Customer.PhoneLength).OverridePropertyName("phone");
            RuleFor(c => c.Fields.Source.Value).SourceCode(codes).OverridePropertyName("source");
        }
    }

    internal sealed class Handler(CrmDbContext db, CustomerChanges changes) : IHandler<Command, CustomerView>
    {
        public async Task<Result<CustomerView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
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

            Write(customer, request.Fields);
            if (db.ChangeTracker.HasChanges())
            {
                customer.Version++;
                await db.SaveChangesAsync(ct);
            }

            await transaction.CommitAsync(ct);
            return CustomerView.Of(customer);
        }

        private static void Write(Customer customer, CustomerFields fields)
        {
            customer.Name = fields.Name.IsSent ? FieldRules.Kept(fields.Name.Value)! : customer.Name;
            customer.Type = fields.Type.IsSent ? fields.Type.Value : customer.Type;
            customer.Email = fields.Email.IsSent ? FieldRules.Kept(fields.Email.Value) : customer.Email;
            customer.Phone = fields.Phone.IsSent ? FieldRules.Kept(fields.Phone.Value) : customer.Phone;
            customer.Source = fields.Source.IsSent ? FieldRules.Kept(fields.Source.Value) : customer.Source;
        }
    }
}

/// <summary>Fields of a customer; one that was not sent is left as it is.</summary>
public sealed record CustomerFields
{
    public Sent<string?> Name { get; init; }
    public Sent<CustomerType> Type { get; init; }
    public Sent<string?> Email { get; init; }
    public Sent<string?> Phone { get; init; }
    public Sent<string?> Source { get; init; }
}
