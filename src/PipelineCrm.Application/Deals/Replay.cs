using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>What the deal's row says.</summary>
internal sealed record VerifiedDeal(Guid Id, DealState State, bool Void, int LastSeq, DateTimeOffset CreatedAt)
{
    public static VerifiedDeal Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        new DealState(
            (Stage)row.GetInt16(1), (Outcome)row.GetInt16(2), row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4), row.Maybe<DateTimeOffset>(5),
            row.GetInt64(6), row.Maybe<DateTimeOffset>(7), (Stage)row.GetInt16(8), row.Maybe<DateTimeOffset>(9)),
        row.GetBoolean(10),
        row.GetInt32(11),
        row.GetFieldValue<DateTimeOffset>(26));
}

/// <summary>What a row of the ledger says.</summary>
internal sealed record ReplayRow(
    long Id, int Seq, MoveKind Kind, Position? From, Position To, DateTimeOffset OccurredAt, long? SecondsInStage, Stage? CountedFrom, Stage? CountedTo,
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
    public static ReplayRow? Read(NpgsqlDataReader row) => row.IsDBNull(12)
        ? null
        : new ReplayRow(
            row.GetInt64(12), row.GetInt32(13), (MoveKind)row.GetInt16(14),
            row.Maybe<short>(15) is { } stage ? new Position((Stage)stage, (Outcome)row.GetInt16(16)) : null,
            new Position((Stage)row.GetInt16(17), (Outcome)row.GetInt16(18)),
            row.GetFieldValue<DateTimeOffset>(19), row.Maybe<long>(20), (Stage?)row.Maybe<short>(21), (Stage?)row.Maybe<short>(22), row.Maybe<long>(23),
            row.GetBoolean(24), row.GetBoolean(25));
}

/// <summary>A deal's ledger through the machine, held against what is kept.</summary>
internal static class Replay
{
    public static IEnumerable<string> Compare(VerifiedDeal deal, IReadOnlyList<ReplayRow> rows)
    {
        var before = new Dictionary<long, DealState?>();
        DealState? state = null;
        var isVoid = false;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            before[row.Id] = state;
            var applied = Apply(row, state, before);
            isVoid |= row.Undoes is { } undone && before.TryGetValue(undone, out var was) && was is null;
            foreach (var flaw in Flaws(row, i + 1, state, applied))
            {
                yield return $"deal {deal.Id}, transition {row.Seq}: {flaw}";
            }

            state = applied.State;
        }

        if (state != deal.State)
        {
            yield return $"deal {deal.Id}: is {deal.State}, from its ledger follows {state}";
        }

        if (rows is [var first, ..] && first.OccurredAt != deal.CreatedAt)
        {
            yield return $"deal {deal.Id}: was created {deal.CreatedAt:O}, its first transition was {first.OccurredAt:O}";
        }

        if (deal.LastSeq != rows.Count || isVoid != deal.Void)
        {
            yield return $"deal {deal.Id}: last transition {deal.LastSeq}, void {deal.Void}; from its ledger follow {rows.Count} and {isVoid}";
        }
    }

    private static Applied Apply(ReplayRow row, DealState? state, Dictionary<long, DealState?> before) =>
        row.Undoes is { } undone
            ? PurchasePath.Undo(before.GetValueOrDefault(undone) ?? state!)
            : PurchasePath.Apply(state, row.To, row.OccurredAt, row.EntryKnown);

    private static IEnumerable<string> Flaws(ReplayRow row, int number, DealState? state, Applied applied)
    {
        if (row.Seq != number)
        {
            yield return $"should be number {number}";
        }

        if (row.From != state?.Position || row.To != applied.State.Position)
        {
            yield return $"goes from {row.From} to {row.To}, the replay from {state?.Position} to {applied.State.Position}";
        }

        if ((row.SecondsInStage, row.CountedFrom, row.CountedTo) != (applied.SecondsInStage, applied.CountedFrom, applied.CountedTo))
        {
            yield return $"keeps {(row.SecondsInStage, row.CountedFrom, row.CountedTo)}, the replay says {(applied.SecondsInStage, applied.CountedFrom, applied.CountedTo)}";
        }

        if (!row.HashFits)
        {
            yield return "its hash does not fit its content and the one before";
        }
    }
}
