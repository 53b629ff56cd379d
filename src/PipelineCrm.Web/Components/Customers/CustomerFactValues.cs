using System.Text.Json;
using PipelineCrm.Customers;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Customers;

/// <summary>What a customer holds, by the facts of the catalogue.</summary>
internal sealed class CustomerFactValues(CustomerView customer)
{
    private readonly JsonElement _json = JsonSerializer.SerializeToElement(customer, customer.GetType(), WireNames.Json);

    /// <summary>Null where it is empty.</summary>
    public JsonElement? Of(FactView fact) => fact.CustomKey is { } key
        ? customer.Custom.TryGetValue(key, out var custom) ? custom : null
        : _json.TryGetProperty(fact.Field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
