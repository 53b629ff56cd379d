using System.Linq.Expressions;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Customers;

/// <summary>Somebody at a customer.</summary>
public sealed record ContactView(ContactId Id, CustomerId CustomerId, string Name, string? Email, string? Phone, bool DecisionMaker,
    long Version)
{
    internal static readonly Expression<Func<Contact, ContactView>> From = c =>
        new ContactView(c.Id, c.CustomerId, c.Name, c.Email, c.Phone, c.DecisionMaker, c.Version);

    internal static ContactView Of(Contact contact) => Compiled(contact);

    private static readonly Func<Contact, ContactView> Compiled = From.Compile();
}
