using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>A new customer, without a deal and so without a purchase status yet.</summary>
public static class CreateCustomer
{
    public sealed record Command(
        string Name,
        CustomerType Type = CustomerType.Organisation,
        string? Email = null,
        string? Phone = null,
        string? Source = null) : IRequest<CustomerView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(CodeLookup codes)
        {
            RuleFor(c => c.Name).RequiredText(Customer.NameLength);
            RuleFor(c => c.Type).IsInEnum().WithMessage(_ => FieldMessages.UnknownChoice);
            RuleFor(c => c.Email).Email(Customer.EmailLength);
            RuleFor(c => c.Phone).CleanText(Customer.PhoneLength);
            RuleFor(c => c.Source).SourceCode(codes);
        }
    }

    internal sealed class Handler(CrmDbContext db, RequestContext requestContext) : IHandler<Command, CustomerView>
    {
        public async Task<Result<CustomerView>> Handle(Command request, CancellationToken ct)
        {
            var customer = new Customer
            {
                Id = CustomerId.New(),
                Name = FieldRules.TrimToNull(request.Name)!,
                Type = request.Type,
                Email = FieldRules.TrimToNull(request.Email),
                Phone = FieldRules.TrimToNull(request.Phone),
                Source = FieldRules.TrimToNull(request.Source),
                CreatedAt = requestContext.OccurredAt,
                CreatedBy = requestContext.Actor.Id,
                Version = 1,
            };
            db.Add(customer);
            await db.SaveChangesAsync(ct);
            return CustomerView.Of(customer);
        }
    }
}
