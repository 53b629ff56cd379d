using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

internal sealed record TransitionBody(
    long Id, int Seq, MoveKind Kind, MoveKind? ImportedKind, Place? From, Place To, Stage? FromStage, Stage ToStage,
    DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, UserId? By, Channel Channel, int? RuleSet,
    IReadOnlyList<ConditionBody> Conditions, Override? Override, MoveReason? Reason, long? SecondsInStage, long? UndoneBy)
{
    public static TransitionBody FromView(TransitionView view) => new(
        view.Id, view.Seq, view.Kind, view.ImportedKind, view.From, view.To, view.FromStage, view.ToStage,
        view.OccurredAt, view.RecordedAt, view.By, view.Channel, view.RuleSet,
        ConditionBody.Shown(view.Conditions), view.Override,
        view.ReasonCode is null && view.ReasonText is null ? null : new MoveReason(view.ReasonCode, view.ReasonText),
        view.SecondsInStage, view.UndoneBy);
}
