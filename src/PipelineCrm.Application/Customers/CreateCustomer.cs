using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

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
        public static Access Access => Access.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(KnownCodes codes)
        {
            RuleFor(c => c.Name).RequiredText(Customer.NameLength);
            RuleFor(c => c.Type).IsInEnum().WithMessage(_ => FieldText.UnknownChoice);
            RuleFor(c => c.Email).Email(Customer.EmailLength);
            RuleFor(c => c.Phone).Phone(Customer.PhoneLength);
            RuleFor(c => c.Source).SourceCode(codes);
        }
    }

    internal sealed class Handler(CrmDbContext db, Occasion occasion) : IHandler<Command, CustomerView>
    {
        public async Task<Result<CustomerView>> Handle(Command request, CancellationToken ct)
        {
            var customer = new Customer
            {
                Id = CustomerId.New(),
                Name = FieldRules.Kept(request.Name)!,
                Type = request.Type,
                Email = FieldRules.Kept(request.Email),
                Phone = FieldRules.Kept(request.Phone),
                Source = FieldRules.Kept(request.Source),
                CreatedAt = occasion.OccurredAt,
                CreatedBy = occasion.Actor.Id,
                Version = 1,
            };
            db.Add(customer);
            await db.SaveChangesAsync(ct);
            return CustomerView.Of(customer);
        }
    }
}
