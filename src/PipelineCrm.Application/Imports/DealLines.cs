using System.Text.Json;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Imports;

/// <summary>A deal as it will stand, with all that the ledger and the history will say of it.</summary>
internal sealed record DealLines(
    PlannedDeal Deal, DealState State, DealContent Content, string Rank, IReadOnlyList<Transition> Transitions, IReadOnlyList<HistoryLine> History)
{
    public object?[] Cells(FactCatalog catalog) =>
    [
        .. catalog.DealColumns.Select(fact => FactColumns.Parameter(fact, Content.Values[fact.Key]).Value), FactColumns.Custom(Content.Values, catalog, FactSubject.Deal),
        Deal.Id.Value, Deal.Customer.Value, Deal.Product?.Value, State.Stage, State.Outcome, State.EnteredStageAt,
        State.EntryKnown, State.StoppedAt, State.PausedSeconds, State.WonAt, Content.LostReason, State.ClosedAt,
        Rank, Transitions.Count, State.FurthestStage, Deal.Key, Transitions[0].OccurredAt,
    ];

    public static object?[] CellsOf(Transition line) =>
    [
        line.DealId.Value, line.Seq, line.Kind, line.ImportedKind, line.FromStage, line.FromOutcome,
        line.ToStage, line.ToOutcome, line.OccurredAt, line.ByUser?.Value, line.Channel,
        line.RuleSet, line.Conditions, line.ReasonCode, line.SecondsInStage, line.CountedFrom, line.CountedTo,
        line.Before, line.EntryKnown, line.Version,
    ];
}

/// <summary>Replays a planned deal's steps through the machine.</summary>
internal sealed class DealReplay(UserId admin, FactCatalog catalog)
{
    /// <param name="judged">Of a move at the import's instant: what the rules said.</param>
    public DealLines Of(PlannedDeal deal, string rank, (int RuleSet, Verdict Verdict)? judged)
    {
        var transitions = new List<Transition>();
        var history = new List<HistoryLine>();
        var content = new DealContent(deal.Content);
        DealState? state = null;
        foreach (var step in deal.Steps)
        {
            var (stateBefore, contentBefore) = (state, state is null ? null : content);
            var applied = PurchasePath.Apply(state, step.Step.After, step.At, step.EntryKnown);
            state = applied.State;
            content = Written(content, step, state);
            var undoable = stateBefore is null ? new Undoable(null) : Undoable.Of(stateBefore, contentBefore!, content, rank, catalog);
            transitions.Add(Line(deal, step, stateBefore, applied, undoable, transitions.Count + 1, judged));
            history.AddRange(Changes(deal, contentBefore, content, step.At, transitions.Count));
        }

        return new DealLines(deal, state!, content, rank, transitions, history);
    }

    private static DealContent Written(DealContent content, PlannedStep step, DealState state) => content with
    {
        Values = content.Values.With(step.Set),
        LostReason = state.Outcome == Outcome.Lost ? step.ReasonCode : null,
    };

    private Transition Line(PlannedDeal deal, PlannedStep step, DealState? before, Applied applied, Undoable undoable, int seq, (int RuleSet, Verdict Verdict)? judged) => new()
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
    private IEnumerable<HistoryLine> Changes(PlannedDeal deal, DealContent? before, DealContent after, DateTimeOffset at, int seq)
    {
        var old = before?.Fields(catalog).ToDictionary(field => field.Field, field => field.Value);
        var lines = after.Fields(catalog)
            .Where(field => old?.GetValueOrDefault(field.Field) != field.Value)
            .Select(field => HistoryLine.OfField(deal.Id.Value, field.Field, old?.GetValueOrDefault(field.Field), field.Value, at, seq));
        return before is not null ? lines : lines.Concat(
        [
            HistoryLine.ForDeal(deal.Id.Value, "customerId", null, deal.Customer, at, seq),
            HistoryLine.ForDeal(deal.Id.Value, "cycle", null, 1, at, seq),
            .. deal.Product is { } product ? [HistoryLine.ForDeal(deal.Id.Value, "productId", null, product, at, seq)] : Array.Empty<HistoryLine>(),
        ]);
    }
}
