using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Imports;

/// <summary>A deal as it will stand, with all that the ledger and the history will say of it.</summary>
internal sealed record PlannedDealRows(
    PlannedDeal Deal, DealState State, DealContent Content, string Rank, IReadOnlyList<Transition> Transitions,
    IReadOnlyList<HistoryLineRow> History)
{
    public object?[] Cells(FactCatalog catalog) =>
    [
        .. catalog.DealColumns.Select(fact => FactColumns.Parameter(fact, Content.Values[fact.Key]).Value),
        FactColumns.Custom(Content.Values, catalog, FactSubject.Deal),
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
