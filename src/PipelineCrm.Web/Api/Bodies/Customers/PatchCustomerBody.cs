using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Customers;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>A merge patch: what is not sent stays, null empties. The fields stand beside the version.</summary>
internal sealed record PatchCustomerBody(long? Version, Dictionary<string, JsonElement>? Custom)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; init; }

    public CustomerFields ToFields() => FieldBodies.Fields<CustomerFields>(FactSubject.Customer, Fields, Custom);
}
