using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
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
            RuleFor(c => c.Fields.Name.Value).RequiredText(Customer.NameLength).When(c => c.Fields.Name.IsSet).OverridePropertyName("name");
            RuleFor(c => c.Fields.Type.Value).IsInEnum().WithMessage(_ => FieldMessages.UnknownChoice).When(c => c.Fields.Type.IsSet).OverridePropertyName("type");
            RuleFor(c => c.Fields.Email.Value).Email(Customer.EmailLength).OverridePropertyName("email");
            RuleFor(c => c.Fields.Phone.Value).CleanText(Customer.PhoneLength).OverridePropertyName("phone");
            RuleFor(c => c.Fields.Source.Value).SourceCode(codes).OverridePropertyName("source");
        }
    }

    internal sealed class Handler(CrmDbContext db, CustomerConflicts conflicts) : IHandler<Command, CustomerView>
    {
        public async Task<Result<CustomerView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Lock(request.Id, ct);
            if (await db.Customers.SingleOrDefaultAsync(c => c.Id == request.Id, ct) is not { } customer)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (customer.Version != request.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict) { Detail = await conflicts.Since(customer, request.Version, ct) };
            }

            if (CustomerArchiver.Validate(customer) is { } archived)
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
            customer.Name = fields.Name.IsSet ? FieldRules.TrimToNull(fields.Name.Value)! : customer.Name;
            customer.Type = fields.Type.IsSet ? fields.Type.Value : customer.Type;
            customer.Email = fields.Email.IsSet ? FieldRules.TrimToNull(fields.Email.Value) : customer.Email;
            customer.Phone = fields.Phone.IsSet ? FieldRules.TrimToNull(fields.Phone.Value) : customer.Phone;
            customer.Source = fields.Source.IsSet ? FieldRules.TrimToNull(fields.Source.Value) : customer.Source;
        }
    }
}

/// <summary>Fields of a customer; one that was not sent is left as it is.</summary>
public sealed record CustomerFields
{
    public Optional<string?> Name { get; init; }
    public Optional<CustomerType> Type { get; init; }
    public Optional<string?> Email { get; init; }
    public Optional<string?> Phone { get; init; }
    public Optional<string?> Source { get; init; }
}
