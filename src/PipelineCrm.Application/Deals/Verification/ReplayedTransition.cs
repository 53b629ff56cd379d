using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>What a row of the ledger says.</summary>
internal sealed record ReplayedTransition(
    long Id, int Seq, MoveKind Kind, Position? From, Position To, DateTimeOffset OccurredAt, long? SecondsInStage, Stage? CountedFrom,
    Stage? CountedTo,
    long? Undoes, bool EntryKnown, bool HashFits)
{
    public const string Sql = """
        select d.id, d.stage, d.outcome, d.entered_stage_at, d.stage_entry_known, d.stopped_at, d.paused_seconds, d.won_at, d.furthest_stage, d.closed_at, d.void, d.last_seq,
               t.id, t.seq, t.kind, t.from_stage, t.from_outcome, t.to_stage, t.to_outcome, t.occurred_at, t.seconds_in_stage, t.counted_from, t.counted_to,
               t.undoes, t.entry_known,
               t.hash = transition_hash((select p.hash from transitions p where p.deal_id = t.deal_id and p.seq = t.seq - 1), t),
               d.created_at
        from deals d left join transitions t on t.deal_id = d.id
        order by d.id, t.seq
        """;

    /// <summary>Null for a deal without any.</summary>
    public static ReplayedTransition? Read(NpgsqlDataReader row) => row.IsDBNull(12)
        ? null
        : new ReplayedTransition(
            row.GetInt64(12), row.GetInt32(13), (MoveKind)row.GetInt16(14),
            row.GetOrNull<short>(15) is { } stage ? new Position((Stage)stage, (Outcome)row.GetInt16(16)) : null,
            new Position((Stage)row.GetInt16(17), (Outcome)row.GetInt16(18)),
            row.GetFieldValue<DateTimeOffset>(19), row.GetOrNull<long>(20), (Stage?)row.GetOrNull<short>(21),
            (Stage?)row.GetOrNull<short>(22), row.GetOrNull<long>(23),
            row.GetBoolean(24), row.GetBoolean(25));
}
