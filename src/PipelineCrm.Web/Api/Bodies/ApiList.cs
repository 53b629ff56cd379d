using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>A list's answer, for the description of the API.</summary>
internal sealed record ApiList<T>(IReadOnlyList<T> Items, string? Next);

internal sealed record CreateDealBody(
    CustomerId? CustomerId, string? Title, decimal? Amount, string? Currency, DateOnly? ExpectedClose, string? Source, UserId? OwnerId, Stage? Stage)
{
    public CreateDeal.Command ToCommand() => new(
        CustomerId ?? default, Title ?? "", Amount, Currency, ExpectedClose, Source, OwnerId, Stage ?? Domain.Stage.Awareness);
}

internal sealed record MoveBody(
    MoveKind? Kind, Place? To, long? Version, MoveFields? Fields, MoveReason? Reason, Override? Override, CustomerId? CustomerId, DealId? PlaceBefore, DealId? PlaceAfter)
{
    public MoveDeal.Command Command(DealId deal, string key) => new(
        deal, Kind ?? 0, To, Version ?? 0, Fields ?? MoveFields.None, Reason, Override, CustomerId, key, PlaceBefore, PlaceAfter);
}

/// <param name="Version">The one that the caller has seen.</param>
internal sealed record VersionBody(long? Version);

/// <summary>The cards that a deal is put between in its column.</summary>
internal sealed record PlaceBody(DealId? Above, DealId? Below);

internal sealed record UndoBody(IReadOnlyDictionary<string, UndoChoice>? Resolve);

internal sealed record MovesBody(long Version, int RuleSet, IReadOnlyList<MoveVerdict> Moves)
{
    public static MovesBody From(ExplainMoves.Answer answer) => new(answer.Version, answer.RuleSet, [.. answer.Moves.Select(MoveVerdict.From)]);
}

/// <param name="To">A stage, <c>lost</c> or <c>completed</c>.</param>
internal sealed record MoveVerdict(
    MoveKind Kind, Place? To, VerdictKind Verdict, VerdictReason Reason, IReadOnlyList<string> Fields, IReadOnlyList<ConditionBody> Conditions)
{
    public static MoveVerdict From(Verdict verdict) => new(
        verdict.Kind, verdict.To, verdict.Result, verdict.Reason, verdict.Fields, ConditionBody.Shown(verdict.Conditions));
}

internal sealed record MovedBody(DealBody Deal, TransitionBody Transition, DealBody? Created, IReadOnlyList<ConditionBody> Warnings)
{
    public static MovedBody From(MoveResult moved) => new(
        DealBody.From(moved.Deal), TransitionBody.FromView(moved.Transition),
        moved.Created is { } created ? DealBody.From(created) : null, ConditionBody.Shown(moved.Warnings));
}
