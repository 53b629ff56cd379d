using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Timeline;

namespace PipelineCrm.Web.Api;

/// <summary>One entry of a deal's history: a transition with the facts it wrote, a refused move, or facts that were changed at
/// once.</summary>
internal sealed record HistoryBody(
    DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, UserId? By, string? ByName, Channel Channel,
    TransitionBody? Transition, RefusalBody? Refusal, IReadOnlyList<FactChange> Changes)
{
    public static HistoryBody From(DealHistoryItem item) => new(
        item.OccurredAt, item.RecordedAt, item.By, item.ByName, item.Channel,
        item.Transition is { } transition ? TransitionBody.FromView(transition) : null,
        item.Refusal is { } refusal ? RefusalBody.From(refusal) : null,
        item.Changes);
}

internal sealed record RefusalBody(
    long Id, MoveKind Kind, Place? To, int RuleSet, VerdictReason Reason, IReadOnlyList<string> Fields,
    IReadOnlyList<ConditionBody> Conditions,
    int Times, DateTimeOffset FirstAt)
{
    public static RefusalBody From(RefusalView view) => new(
        view.Id, view.Kind, view.To, view.RuleSet, view.Verdict.Reason, view.Verdict.Fields, ConditionBody.Shown(view.Verdict.Conditions),
        view.Times, view.FirstAt);
}
