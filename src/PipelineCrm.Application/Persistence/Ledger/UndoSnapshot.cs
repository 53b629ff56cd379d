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
    public static UndoSnapshot Of(StoredDeal before, StoredDeal after, FactCatalog catalog, DealId? created = null,
        bool referred = false) =>
        Of(before.State, before.Content, after.Content, before.Rank, catalog) with { Created = created, Referred = referred };

    public static UndoSnapshot Of(DealState state, DealContent before, DealContent after, string rank, FactCatalog catalog)
    {
        var written = catalog.OfDeal
            .Select(fact => (fact.Key, Before: before.Values[fact.Key], After: after.Values[fact.Key]))
            .Where(field => field.Before != field.After)
            .ToDictionary(field => field.Key, field => new FieldChange(field.Before.ToStored(), field.After.ToStored()));
        return new UndoSnapshot(state, rank, before.LostReason, written);
    }

    public string Json() => JsonSerializer.Serialize(this, WireNames.Json);
}

internal sealed record FieldChange(JsonElement? Before, JsonElement? After);
