using System.Text.Json;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Ledger;

/// <summary>What of a deal people write; its history is kept field by field.</summary>
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

    /// <summary>The same with one field as it was kept by <see cref="Fields"/>.</summary>
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

/// <summary>A deal as its row stands.</summary>
internal sealed record StoredDeal(
    DealId Id,
    CustomerId CustomerId,
    string CustomerName,
    string OwnerName,
    DealContent Content,
    DealState State,
    string Rank,
    int LastSeq,
    long Version,
    int Cycle,
    DealId? PreviousDealId,
    DealId? ReferredByDealId,
    DateTimeOffset CreatedAt)
{
    public const string Columns = """
        d.id, d.customer_id, c.name, o.display_name, d.title, d.amount, d.currency, d.expected_close, d.source, d.owner_id, d.lost_reason, d.void,
        d.stage, d.outcome, d.entered_stage_at, d.stage_entry_known, d.stopped_at, d.paused_seconds, d.won_at, d.furthest_stage, d.closed_at,
        d.rank, d.last_seq, d.version, d.cycle, d.previous_deal_id, d.referred_by_deal_id, d.created_at, d.archived_at,
        (select p.owner_id from deals p where p.id = d.previous_deal_id and not p.void), (select r.owner_id from deals r where r.id = d.referred_by_deal_id and not r.void)
        """;

    /// <summary>How many columns <see cref="Columns"/> are.</summary>
    public const int Width = 31;

    public static StoredDeal Read(NpgsqlDataReader row)
    {
        var content = new DealContent(
            row.GetString(4), row.Maybe<decimal>(5) is { } amount ? Money.Plain(amount) : null, row.Text(6), row.Maybe<DateOnly>(7), row.Text(8),
            new UserId(row.GetGuid(9)), row.Text(10), row.GetBoolean(11), row.Maybe<DateTimeOffset>(28));
        var state = new DealState(
            (Stage)row.GetInt16(12), (Outcome)row.GetInt16(13), row.GetFieldValue<DateTimeOffset>(14), row.GetBoolean(15), row.Maybe<DateTimeOffset>(16),
            row.GetInt64(17), row.Maybe<DateTimeOffset>(18), (Stage)row.GetInt16(19), row.Maybe<DateTimeOffset>(20));
        return new StoredDeal(
            new DealId(row.GetGuid(0)), new CustomerId(row.GetGuid(1)), row.GetString(2), row.GetString(3), content, state,
            row.GetString(21), row.GetInt32(22), row.GetInt64(23), row.GetInt32(24),
            row.Maybe<Guid>(25) is { } previous ? new DealId(previous) : null,
            row.Maybe<Guid>(26) is { } referrer ? new DealId(referrer) : null,
            row.GetFieldValue<DateTimeOffset>(27))
        {
            PreviousOwner = row.Maybe<Guid>(29) is { } ofPrevious ? new UserId(ofPrevious) : null,
            ReferrerOwner = row.Maybe<Guid>(30) is { } ofReferrer ? new UserId(ofReferrer) : null,
        };
    }

    /// <summary>Who owns <see cref="PreviousDealId"/>: whoever does not see that deal is not told of it.</summary>
    public UserId? PreviousOwner { get; init; }

    /// <summary>Who owns <see cref="ReferredByDealId"/>.</summary>
    public UserId? ReferrerOwner { get; init; }

    /// <summary>What it means for its customer's status.</summary>
    public DealStanding Standing => new(State.Stage, State.Outcome, State.WonAt, State.ClosedAt, Content is { Void: false, ArchivedAt: null });
}
