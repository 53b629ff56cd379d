using PipelineCrm.Customers;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>A merge patch: what is not sent stays, null empties.</summary>
internal sealed record PatchCustomerBody(long? Version)
{
    public Optional<string?> Name { get; init; }
    public Optional<CustomerType> Type { get; init; }
    public Optional<string?> Email { get; init; }
    public Optional<string?> Phone { get; init; }
    public Optional<string?> Source { get; init; }

    public CustomerFields ToFields() => new() { Name = Name, Type = Type, Email = Email, Phone = Phone, Source = Source };
}
