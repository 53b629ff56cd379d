using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Ledger;

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
        d.rank, d.last_seq, d.version, d.cycle, d.previous_deal_id, d.referred_by_deal_id, d.created_at, d.archived_at
        """;

    /// <summary>How many columns <see cref="Columns"/> are.</summary>
    public const int Width = 29;

    public static StoredDeal Read(NpgsqlDataReader row)
    {
        var content = new DealContent(
            row.GetString(4), row.GetOrNull<decimal>(5) is { } amount ? Money.Plain(amount) : null, row.GetTextOrNull(6), row.GetOrNull<DateOnly>(7), row.GetTextOrNull(8),
            new UserId(row.GetGuid(9)), row.GetTextOrNull(10), row.GetBoolean(11), row.GetOrNull<DateTimeOffset>(28));
        var state = new DealState(
            (Stage)row.GetInt16(12), (Outcome)row.GetInt16(13), row.GetFieldValue<DateTimeOffset>(14), row.GetBoolean(15), row.GetOrNull<DateTimeOffset>(16),
            row.GetInt64(17), row.GetOrNull<DateTimeOffset>(18), (Stage)row.GetInt16(19), row.GetOrNull<DateTimeOffset>(20));
        return new StoredDeal(
            new DealId(row.GetGuid(0)), new CustomerId(row.GetGuid(1)), row.GetString(2), row.GetString(3), content, state,
            row.GetString(21), row.GetInt32(22), row.GetInt64(23), row.GetInt32(24),
            row.GetOrNull<Guid>(25) is { } previous ? new DealId(previous) : null,
            row.GetOrNull<Guid>(26) is { } referrer ? new DealId(referrer) : null,
            row.GetFieldValue<DateTimeOffset>(27));
    }

    /// <summary>What it means for its customer's status.</summary>
    public DealStanding Standing => new(State.Stage, State.Outcome, State.WonAt, State.ClosedAt, Content is { Void: false, ArchivedAt: null });
}
