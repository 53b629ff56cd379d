using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Ledger;

/// <summary>What a transition keeps of the deal as it was, so that it can be taken back.</summary>
/// <param name="Fields">What the move itself wrote, before and after.</param>
/// <param name="Created">The deal that repurchase or refer opened.</param>
/// <param name="Referred">Whether refer made this customer the other's referrer.</param>
internal sealed record UndoSnapshot(
    DealState? State,
    string? Rank = null,
    string? LostReason = null,
    IReadOnlyDictionary<string, FieldChange>? Fields = null,
    DealId? Created = null,
    bool Referred = false)
{
    public static UndoSnapshot Of(StoredDeal before, StoredDeal after, DealId? created = null, bool referred = false) =>
        Of(before.State, before.Content, after.Content, before.Rank) with { Created = created, Referred = referred };

    public static UndoSnapshot Of(DealState state, DealContent before, DealContent after, string rank)
    {
        var written = before.Fields().Zip(after.Fields())
            .Where(pair => FieldKey.OfMove.Contains(pair.First.Field) && pair.First.Value != pair.Second.Value)
            .ToDictionary(pair => pair.First.Field, pair => new FieldChange(Parse(pair.First.Value), Parse(pair.Second.Value)));
        return new UndoSnapshot(state, rank, before.LostReason, written);
    }

    public string Json() => JsonSerializer.Serialize(this, WireNames.Json);

    private static JsonElement? Parse(string? json) => json is null ? null : JsonElement.Parse(json);
}

internal sealed record FieldChange(JsonElement? Before, JsonElement? After);
