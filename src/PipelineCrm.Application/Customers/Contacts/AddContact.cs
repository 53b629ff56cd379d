using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>A new contact of a customer. Raises the customer's version: moves of its deals may ask for a decision maker.</summary>
public static class AddContact
{
    public sealed record Command(CustomerId CustomerId, string Name, string? Email = null, string? Phone = null, bool DecisionMaker = false)
        : IRequest<ContactView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).RequiredText(Customer.NameLength);
            RuleFor(c => c.Email).Email(Customer.EmailLength);
            RuleFor(c => c.Phone).Phone(Customer.PhoneLength);
        }
    }

    internal sealed class Handler(CrmDbContext db, RequestContext requestContext) : IHandler<Command, ContactView>
    {
        public async Task<Result<ContactView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            await db.Lock(request.CustomerId, ct);
            if (await db.Customers.SingleOrDefaultAsync(c => c.Id == request.CustomerId, ct) is not { } customer)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (CustomerArchiver.Validate(customer) is { } archived)
            {
                return archived;
            }

            var contact = new Contact
            {
                Id = ContactId.New(),
                CustomerId = customer.Id,
                Name = FieldRules.TrimToNull(request.Name)!,
                Email = FieldRules.TrimToNull(request.Email),
                Phone = FieldRules.TrimToNull(request.Phone),
                DecisionMaker = request.DecisionMaker,
                CreatedAt = requestContext.OccurredAt,
                Version = 1,
            };
            db.Add(contact);
            customer.Version++;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return ContactView.Of(contact);
        }
    }
}
