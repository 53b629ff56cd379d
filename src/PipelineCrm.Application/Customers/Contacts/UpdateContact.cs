using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>Writes a contact as a whole; like every change of contacts it raises the customer's version.</summary>
public static class UpdateContact
{
    /// <param name="Version">Of the contact, as it was read.</param>
    public sealed record Command(CustomerId CustomerId, ContactId Id, long Version, string Name, string? Email, string? Phone,
        bool DecisionMaker) : IRequest<ContactView>
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

    internal sealed class Handler(CrmDbContext db) : IHandler<Command, ContactView>
    {
        public async Task<Result<ContactView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Lock(request.CustomerId, ct);
            var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == request.Id && c.CustomerId == request.CustomerId, ct);
            if (contact is null)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (contact.Version != request.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict) { Detail = ContactView.Of(contact) };
            }

            var customer = await db.Customers.SingleAsync(c => c.Id == request.CustomerId, ct);
            if (CustomerArchiver.Validate(customer) is { } archived)
            {
                return archived;
            }

            contact.Name = FieldRules.TrimToNull(request.Name)!;
            contact.Email = FieldRules.TrimToNull(request.Email);
            contact.Phone = FieldRules.TrimToNull(request.Phone);
            contact.DecisionMaker = request.DecisionMaker;
            if (db.ChangeTracker.HasChanges())
            {
                contact.Version++;
                customer.Version++;
                await db.SaveChangesAsync(ct);
            }

            await transaction.CommitAsync(ct);
            return ContactView.Of(contact);
        }
    }
}
