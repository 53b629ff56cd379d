using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Customers;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>A new customer: its fields stand beside <c>custom</c>, the values of fields that admins added by the fields' keys.</summary>
internal sealed record CustomerBody(Dictionary<string, JsonElement>? Custom)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; init; }

    /// <summary>What is null is as good as not sent: there is nothing to be emptied.</summary>
    public CreateCustomer.Command ToCommand() =>
        new(FieldBodies.Fields<CustomerFields>(FactSubject.Customer, Fields?.Where(IsSent), Custom?.Where(IsSent)));

    private static bool IsSent(KeyValuePair<string, JsonElement> field) => field.Value.ValueKind != JsonValueKind.Null
        || FactCatalog.BuiltIn.Field(FactSubject.Customer, field.Key) is null;
}
