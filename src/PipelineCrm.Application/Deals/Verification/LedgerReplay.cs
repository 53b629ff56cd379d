using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>A deal's ledger through the machine, compared with what is stored.</summary>
internal static class LedgerReplay
{
    public static IEnumerable<string> Compare(ReplayedDeal deal, IReadOnlyList<ReplayedTransition> rows)
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

    private static TransitionEffect Apply(ReplayedTransition row, DealState? state, Dictionary<long, DealState?> before) =>
        row.Undoes is { } undone
            ? PurchasePath.Undo(before.GetValueOrDefault(undone) ?? state!)
            : PurchasePath.Apply(state, row.To, row.OccurredAt, row.EntryKnown);

    private static IEnumerable<string> Flaws(ReplayedTransition row, int number, DealState? state, TransitionEffect applied)
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
