using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>A list's answer, for the description of the API.</summary>
internal sealed record ApiList<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A merge patch: what is not sent stays, null empties. The fields stand beside the version.</summary>
internal sealed record PatchDealBody(long? Version, Dictionary<string, JsonElement>? Custom)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; init; }

    public MoveFields ToFields() => FieldBodies.Fields<MoveFields>(FactSubject.Deal, Fields, Custom);
}

/// <param name="Fields">By the names of the fields, those that admins added as <c>custom.KEY</c>.</param>
internal sealed record MoveBody(
    MoveKind? Kind, Place? To, long? Version, Dictionary<string, JsonElement>? Fields, MoveReason? Reason, Override? Override,
    CustomerId? CustomerId,
    DealId? PlaceBefore, DealId? PlaceAfter)
{
    public MoveDeal.Command Command(DealId deal, string key) => new(
        deal, Kind ?? 0, To, Version ?? 0, FieldBodies.OfMove<MoveFields>(Fields), Reason, Override, CustomerId, key, PlaceBefore,
        PlaceAfter);
}

/// <param name="Version">The one that the caller has seen.</param>
internal sealed record VersionBody(long? Version);

/// <summary>The cards that a deal is put between in its column.</summary>
internal sealed record PlaceBody(DealId? Above, DealId? Below);

internal sealed record UndoBody(IReadOnlyDictionary<string, UndoChoice>? Resolve);

internal sealed record MovesBody(long Version, int RuleSet, IReadOnlyList<MoveVerdict> Moves)
{
    public static MovesBody From(ExplainMoves.Answer answer) =>
        new(answer.Version, answer.RuleSet, [.. answer.Moves.Select(MoveVerdict.From)]);
}

/// <param name="To">A stage, <c>lost</c> or <c>completed</c>.</param>
internal sealed record MoveVerdict(
    MoveKind Kind, Place? To, VerdictKind Verdict, VerdictReason Reason, IReadOnlyList<string> Fields,
    IReadOnlyList<ConditionBody> Conditions)
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
