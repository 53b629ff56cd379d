using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Ledger;

/// <summary>What of a deal people write; its history is recorded field by field.</summary>
/// <param name="Values">By the keys of the facts; an amount beside its currency.</param>
internal sealed record DealContent(FactValues Values, string? LostReason = null, bool Void = false, DateTimeOffset? ArchivedAt = null)
{
    public string Title => Values.Text(FieldKey.Title) ?? "";

    public decimal? Amount => Values.Number(FieldKey.Amount);

    public string? Currency => Values.Text(FieldKey.Currency);

    public string? Source => Values.Text(FieldKey.Source);

    public UserId OwnerId => Values.Text(FieldKey.OwnerId) is { } owner ? new UserId(Guid.Parse(owner)) : default;

    /// <summary>Every field by the key of its history, as JSON; null where it is empty.</summary>
    public IEnumerable<(string Field, string? Value)> Fields(FactCatalog catalog) =>
    [
        .. catalog.OfDeal.Select(fact => (fact.Field, Values[fact.Key].ToStored()?.GetRawText())),
        ("lostReason", Json(LostReason)),
        ("void", Void ? Json(true) : null),
        ("archivedAt", Json(ArchivedAt)),
    ];

    /// <summary>The same with one field as it was stored by <see cref="Fields"/>.</summary>
    public DealContent With(FactDefinition fact, JsonElement? value) =>
        value is null && fact.Required ? this : this with { Values = Values.With(fact.Key, FactJson.Stored(fact, value)) };

    private static string? Json<T>(T value) => value is null ? null : JsonSerializer.Serialize(value, WireNames.Json);
}
