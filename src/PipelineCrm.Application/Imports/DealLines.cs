using System.Text.Json;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>A deal as it will stand, with all that the ledger and the history will say of it.</summary>
internal sealed record DealLines(
    PlannedDeal Deal, DealState State, DealFields Fields, string? LostReason, string Rank, IReadOnlyList<Transition> Transitions, IReadOnlyList<HistoryLine> History)
{
    public object?[] Cells =>
    [
        Deal.Id.Value, Deal.Customer.Value, Deal.Title, Fields.Amount, Fields.Currency, Fields.ExpectedClose,
        Deal.Source, Deal.Owner.Value, Deal.Product?.Value, State.Stage, State.Outcome, State.EnteredStageAt,
        State.EntryKnown, State.StoppedAt, State.WonAt, LostReason, State.ClosedAt,
        Rank, Transitions.Count, State.FurthestStage, Deal.Key, Transitions[0].OccurredAt,
    ];

    public static object?[] CellsOf(Transition line) =>
    [
        line.DealId.Value, line.Seq, line.Kind, line.ImportedKind, line.FromStage, line.FromOutcome,
        line.ToStage, line.ToOutcome, line.OccurredAt, line.RecordedAt, line.ByUser?.Value, line.Channel,
        line.RuleSet, line.Conditions, line.ReasonCode, line.SecondsInStage, line.CountedFrom, line.CountedTo, line.EntryKnown,
        line.Before,
    ];
}

/// <summary>Replays a planned deal's steps through the machine.</summary>
internal sealed class DealReplay(UserId admin, DateTimeOffset now)
{
    /// <param name="judged">Of a move at the import's instant: what the rules said.</param>
    public DealLines Of(PlannedDeal deal, string rank, (int RuleSet, Verdict Verdict)? judged)
    {
        var transitions = new List<Transition>();
        var history = new List<HistoryLine>();
        var fields = deal.Fields;
        DealState? state = null;
        string? lostReason = null;
        foreach (var step in deal.Steps)
        {
            var before = state;
            var applied = PurchasePath.Apply(before, step.Step.After, step.At, step.EntryKnown);
            state = applied.State;
            transitions.Add(Line(deal, step, before, applied, transitions.Count + 1, judged));
            if (before is null)
            {
                history.AddRange(Opening(deal, step.At));
            }
            else
            {
                history.AddRange(Changes(deal.Id.Value, fields, fields.With(step.Set), step.At, transitions.Count));
                fields = fields.With(step.Set);
            }

            lostReason = state.Outcome == Outcome.Lost ? step.ReasonCode : null;
        }

        return new DealLines(deal, state!, fields, lostReason, rank, transitions, history);
    }

    private Transition Line(PlannedDeal deal, PlannedStep step, DealState? before, Applied applied, int seq, (int RuleSet, Verdict Verdict)? judged) => new()
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
        RecordedAt = now,
        ByUser = admin,
        Channel = Channel.Import,
        RuleSet = judged?.RuleSet,
        Conditions = JsonSerializer.Serialize(judged?.Verdict.Conditions ?? [], WireNames.Json),
        ReasonCode = step.ReasonCode,
        SecondsInStage = applied.SecondsInStage,
        CountedFrom = applied.CountedFrom,
        CountedTo = applied.CountedTo,
        EntryKnown = step.EntryKnown,
        Before = "{}",
        Hash = [],
    };

    private static IEnumerable<HistoryLine> Opening(PlannedDeal deal, DateTimeOffset at)
    {
        (string Field, object? Value)[] values =
        [
            ("customerId", deal.Customer), ("title", deal.Title), ("amount", deal.Fields.Amount), ("currency", deal.Fields.Currency),
            ("expectedClose", deal.Fields.ExpectedClose), ("source", deal.Source), ("ownerId", deal.Owner), ("productId", deal.Product),
        ];
        return values.Where(one => one.Value is not null).Select(one => HistoryLine.ForDeal(deal.Id.Value, one.Field, null, one.Value, at, 1));
    }

    private static IEnumerable<HistoryLine> Changes(Guid deal, DealFields before, DealFields after, DateTimeOffset at, int seq)
    {
        (string Field, object? Before, object? After)[] values =
            [("amount", before.Amount, after.Amount), ("currency", before.Currency, after.Currency), ("expectedClose", before.ExpectedClose, after.ExpectedClose)];
        return values.Where(one => !Equals(one.Before, one.After)).Select(one => HistoryLine.ForDeal(deal, one.Field, one.Before, one.After, at, seq));
    }
}
