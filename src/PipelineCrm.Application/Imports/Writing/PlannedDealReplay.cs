using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Imports;

/// <summary>Replays a planned deal's steps through the machine.</summary>
internal sealed class PlannedDealReplay(UserId admin, FactCatalog catalog)
{
    /// <param name="judged">Of a move at the import's instant: the rules' verdict.</param>
    public PlannedDealRows Of(PlannedDeal deal, string rank, (int RuleSet, Verdict Verdict)? judged)
    {
        var transitions = new List<Transition>();
        var history = new List<HistoryLineRow>();
        var content = new DealContent(deal.Content);
        DealState? state = null;
        foreach (var step in deal.Steps)
        {
            var (stateBefore, contentBefore) = (state, state is null ? null : content);
            var applied = PurchasePath.Apply(state, step.Step.After, step.At, step.EntryKnown);
            state = applied.State;
            content = Written(content, step, state);
            var undoable = stateBefore is null ? new UndoSnapshot(null)
                : UndoSnapshot.Of(stateBefore, contentBefore!, content, rank, catalog);
            transitions.Add(Line(deal, step, stateBefore, applied, undoable, transitions.Count + 1, judged));
            history.AddRange(Changes(deal, contentBefore, content, step.At, transitions.Count));
        }

        return new PlannedDealRows(deal, state!, content, rank, transitions, history);
    }

    private static DealContent Written(DealContent content, PlannedStep step, DealState state) => content with
    {
        Values = content.Values.With(step.Set),
        LostReason = state.Outcome == Outcome.Lost ? step.ReasonCode : null,
    };

    private Transition Line(PlannedDeal deal, PlannedStep step, DealState? before, TransitionEffect applied, UndoSnapshot undoable, int seq,
        (int RuleSet, Verdict Verdict)? judged) => new()
        {
            DealId = deal.Id,
            Seq = seq,
            Kind = step.Dated ? MoveKind.Import : step.Step.Kind,
            ImportedKind = step.Dated ? step.Step.Kind : null,
            FromStage = before?.Stage,
            FromOutcome = before?.Outcome,
            ToStage = applied.State.Stage,
            ToOutcome = applied.State.Outcome,
            OccurredAt = step.At,
            ByUser = admin,
            Channel = Channel.Import,
            RuleSet = judged?.RuleSet,
            Conditions = JsonSerializer.Serialize(judged?.Verdict.Conditions ?? [], WireNames.Json),
            ReasonCode = step.ReasonCode,
            SecondsInStage = applied.SecondsInStage,
            CountedFrom = applied.CountedFrom,
            CountedTo = applied.CountedTo,
            Before = undoable.Json(),
            EntryKnown = step.EntryKnown,
            Version = step.Dated ? null : 1,
            Hash = [],
        };

    /// <summary>The same fields that the history keeps of any move.</summary>
    private IEnumerable<HistoryLineRow> Changes(PlannedDeal deal, DealContent? before, DealContent after, DateTimeOffset at, int seq)
    {
        var old = before?.Fields(catalog).ToDictionary(field => field.Field, field => field.Value);
        var lines = after.Fields(catalog)
            .Where(field => old?.GetValueOrDefault(field.Field) != field.Value)
            .Select(field => HistoryLineRow.OfField(deal.Id.Value, field.Field, old?.GetValueOrDefault(field.Field), field.Value, at, seq));
        return before is not null ? lines : lines.Concat(
        [
            HistoryLineRow.ForDeal(deal.Id.Value, "customerId", null, deal.Customer, at, seq),
            HistoryLineRow.ForDeal(deal.Id.Value, "cycle", null, 1, at, seq),
            .. deal.Product is { } product ? [HistoryLineRow.ForDeal(deal.Id.Value, "productId", null, product, at, seq)]
                : Array.Empty<HistoryLineRow>(),
        ]);
    }
}
