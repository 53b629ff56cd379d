using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>A new deal: its fields stand beside these properties.</summary>
/// <param name="Custom">Values of fields that admins added, by the fields' keys.</param>
internal sealed record CreateDealBody(CustomerId? CustomerId, Stage? Stage, Dictionary<string, JsonElement>? Custom)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; init; }

    /// <summary>What is null is as good as not sent: there is nothing to be emptied.</summary>
    public CreateDeal.Command ToCommand() => new(
        CustomerId ?? default,
        FieldBodies.Fields<MoveFields>(FactSubject.Deal, Fields?.Where(IsSent), Custom?.Where(IsSent)),
        Stage ?? Domain.Stage.Awareness);

    private static bool IsSent(KeyValuePair<string, JsonElement> field) => field.Value.ValueKind != JsonValueKind.Null
        || FactCatalog.BuiltIn.Field(FactSubject.Deal, field.Key) is null;
}
