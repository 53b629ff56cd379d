using PipelineCrm.Customers;

namespace PipelineCrm.Web.Api;

/// <param name="Version">Of the contact, where an existing one is written.</param>
internal sealed record ContactBody(string? Name, string? Email, string? Phone, bool? DecisionMaker, long? Version)
{
    public AddContact.Command Add(CustomerId customer) => new(customer, Name ?? "", Email, Phone, DecisionMaker ?? false);

    public UpdateContact.Command Update(CustomerId customer, ContactId id) =>
        new(customer, id, Version ?? 0, Name ?? "", Email, Phone, DecisionMaker ?? false);
}
