using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
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
    /// <summary>How many columns there are before those that the catalogue names.</summary>
    private const int Fixed = 26;

    /// <summary>Over deal d, customer c and owner o.</summary>
    public static string Columns(FactCatalog catalog) => $"""
        d.id, d.customer_id, c.name, o.display_name, d.lost_reason, d.void,
        d.stage, d.outcome, d.entered_stage_at, d.stage_entry_known, d.stopped_at, d.paused_seconds, d.won_at, d.furthest_stage, d.closed_at,
        d.rank, d.last_seq, d.version, d.cycle, d.previous_deal_id, d.referred_by_deal_id, d.created_at, d.archived_at,
        (select p.owner_id from deals p where p.id = d.previous_deal_id and not p.void), (select r.owner_id from deals r where r.id = d.referred_by_deal_id and not r.void),
        d.custom::text{string.Concat(catalog.DealColumns.Select(fact => $", d.{fact.Column}"))}
        """;

    /// <summary>How many columns <see cref="Columns"/> are.</summary>
    public static int Width(FactCatalog catalog) => Fixed + catalog.DealColumns.Count;

    public static StoredDeal Read(NpgsqlDataReader row, FactCatalog catalog)
    {
        var written = FactColumns.Custom(row.GetString(25), catalog, FactSubject.Deal)
            .With(catalog.DealColumns.Select((fact, i) => KeyValuePair.Create(fact.Key, FactColumns.Cell(row, Fixed + i, fact))));
        var content = new DealContent(written, row.GetTextOrNull(4), row.GetBoolean(5), row.GetOrNull<DateTimeOffset>(22));
        var state = new DealState(
            (Stage)row.GetInt16(6), (Outcome)row.GetInt16(7), row.GetFieldValue<DateTimeOffset>(8), row.GetBoolean(9),
            row.GetOrNull<DateTimeOffset>(10),
            row.GetInt64(11), row.GetOrNull<DateTimeOffset>(12), (Stage)row.GetInt16(13), row.GetOrNull<DateTimeOffset>(14));
        return new StoredDeal(
            new DealId(row.GetGuid(0)), new CustomerId(row.GetGuid(1)), row.GetString(2), row.GetString(3), content, state,
            row.GetString(15), row.GetInt32(16), row.GetInt64(17), row.GetInt32(18),
            row.GetOrNull<Guid>(19) is { } previous ? new DealId(previous) : null,
            row.GetOrNull<Guid>(20) is { } referrer ? new DealId(referrer) : null,
            row.GetFieldValue<DateTimeOffset>(21))
        {
            PreviousOwner = row.GetOrNull<Guid>(23) is { } ofPrevious ? new UserId(ofPrevious) : null,
            ReferrerOwner = row.GetOrNull<Guid>(24) is { } ofReferrer ? new UserId(ofReferrer) : null,
        };
    }

    /// <summary>Who owns <see cref="PreviousDealId"/>: whoever does not see that deal is not told of it.</summary>
    public UserId? PreviousOwner { get; init; }

    /// <summary>Who owns <see cref="ReferredByDealId"/>.</summary>
    public UserId? ReferrerOwner { get; init; }

    /// <summary>What it means for its customer's status.</summary>
    public DealStanding Standing =>
        new(State.Stage, State.Outcome, State.WonAt, State.ClosedAt, Content is { Void: false, ArchivedAt: null });
}
