using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Ledger;

/// <summary>What of a deal people write; its history is recorded field by field.</summary>
internal sealed record DealContent(
    string Title, decimal? Amount, string? Currency, DateOnly? ExpectedClose, string? Source, UserId OwnerId, string? LostReason = null, bool Void = false,
    DateTimeOffset? ArchivedAt = null)
{
    /// <summary>Every field by its key, as JSON; null where it is empty.</summary>
    public IEnumerable<(string Field, string? Value)> Fields() =>
    [
        (FieldKey.Title, Json(Title)),
        (FieldKey.Amount, Json(Amount is { } amount ? Money.Plain(amount) : (decimal?)null)),
        (FieldKey.Currency, Json(Currency)),
        (FieldKey.ExpectedClose, Json(ExpectedClose)),
        (FieldKey.Source, Json(Source)),
        (FieldKey.OwnerId, Json(OwnerId)),
        ("lostReason", Json(LostReason)),
        ("void", Void ? Json(true) : null),
        ("archivedAt", Json(ArchivedAt)),
    ];

    /// <summary>The same with one field as it was stored by <see cref="Fields"/>.</summary>
    public DealContent With(string field, JsonElement? value) => field switch
    {
        FieldKey.Title => this with { Title = Read<string>(value) ?? Title },
        FieldKey.Amount => this with { Amount = Read<decimal?>(value) },
        FieldKey.Currency => this with { Currency = Read<string>(value) },
        FieldKey.ExpectedClose => this with { ExpectedClose = Read<DateOnly?>(value) },
        FieldKey.Source => this with { Source = Read<string>(value) },
        FieldKey.OwnerId => this with { OwnerId = Read<UserId?>(value) ?? OwnerId },
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "A move writes no such field."),
    };

    private static T? Read<T>(JsonElement? value) => value is { } json ? json.Deserialize<T>(WireNames.Json) : default;

    private static string? Json<T>(T value) => value is null ? null : JsonSerializer.Serialize(value, WireNames.Json);
}
