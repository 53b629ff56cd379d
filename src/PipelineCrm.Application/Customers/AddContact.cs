using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.Customers;

/// <summary>A new contact of a customer. Raises the customer's version: moves of its deals may ask for a decision maker.</summary>
public static class AddContact
{
    public sealed record Command(CustomerId CustomerId, string Name, string? Email = null, string? Phone = null, bool DecisionMaker = false) : IRequest<ContactView>
    {
        public static Access Access => Access.Writer;
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

    internal sealed class Handler(CrmDbContext db, Occasion occasion) : IHandler<Command, ContactView>
    {
        public async Task<Result<ContactView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            await db.Lock(request.CustomerId, ct);
            if (await db.Customers.SingleOrDefaultAsync(c => c.Id == request.CustomerId, ct) is not { } customer)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            if (ArchiveOfCustomers.InTheWay(customer) is { } archived)
            {
                return archived;
            }

            var contact = new Contact
            {
                Id = ContactId.New(),
                CustomerId = customer.Id,
                Name = FieldRules.Kept(request.Name)!,
                Email = FieldRules.Kept(request.Email),
                Phone = FieldRules.Kept(request.Phone),
                DecisionMaker = request.DecisionMaker,
                CreatedAt = occasion.OccurredAt,
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
