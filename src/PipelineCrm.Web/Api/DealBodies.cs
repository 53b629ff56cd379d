using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>A list's answer, for the description of the API.</summary>
internal sealed record ApiList<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A new deal: its fields stand beside these properties.</summary>
/// <param name="Custom">Values of fields that admins added, by the fields' keys.</param>
internal sealed record CreateDealBody(CustomerId? CustomerId, Stage? Stage, Dictionary<string, JsonElement>? Custom)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; init; }

    /// <summary>What is null is as good as not sent: there is nothing to be emptied.</summary>
    public CreateDeal.Command ToCommand() => new(
        CustomerId ?? default,
        FieldBodies.Fields<MoveFields>(FactSubject.Deal, Fields?.Where(IsSent), Custom?.Where(IsSent)),
        Stage ?? Domain.Stage.Awareness);

    private static bool IsSent(KeyValuePair<string, JsonElement> field) => field.Value.ValueKind != JsonValueKind.Null || FactCatalog.BuiltIn.Field(FactSubject.Deal, field.Key) is null;
}

/// <summary>A merge patch: what is not sent stays, null empties. The fields stand beside the version.</summary>
internal sealed record PatchDealBody(long? Version, Dictionary<string, JsonElement>? Custom)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; init; }

    public MoveFields ToFields() => FieldBodies.Fields<MoveFields>(FactSubject.Deal, Fields, Custom);
}

/// <param name="Fields">By the names of the fields, those that admins added as <c>custom.KEY</c>.</param>
internal sealed record MoveBody(
    MoveKind? Kind, Place? To, long? Version, Dictionary<string, JsonElement>? Fields, MoveReason? Reason, Override? Override, CustomerId? CustomerId,
    DealId? PlaceBefore, DealId? PlaceAfter)
{
    public MoveDeal.Command Command(DealId deal, string key) => new(
        deal, Kind ?? 0, To, Version ?? 0, FieldBodies.OfMove<MoveFields>(Fields), Reason, Override, CustomerId, key, PlaceBefore, PlaceAfter);
}

/// <param name="Version">The one that the caller has seen.</param>
internal sealed record VersionBody(long? Version);

/// <summary>The cards that a deal is put between in its column.</summary>
internal sealed record PlaceBody(DealId? Above, DealId? Below);

internal sealed record UndoBody(IReadOnlyDictionary<string, UndoChoice>? Resolve);

/// <param name="Void">Only in the answer of the undo that took the opening back.</param>
internal sealed record DealBody(
    DealId Id, CustomerId CustomerId, string CustomerName, string Title, decimal? Amount, string? Currency, DateOnly? ExpectedClose, string? Source,
    UserId OwnerId, string OwnerName, long Version, Stage Stage, Outcome Outcome, DateTimeOffset EnteredStageAt, DateTimeOffset? WonAt,
    string? LostReason, DateTimeOffset? ClosedAt, int Cycle, DealId? PreviousDealId, DealId? ReferredByDealId, DateTimeOffset CreatedAt, long? SecondsInStage,
    DateTimeOffset? ArchivedAt, bool Void, IReadOnlyDictionary<string, JsonElement> Custom)
{
    public static DealBody From(DealView deal) => new(
        deal.Id, deal.CustomerId, deal.CustomerName, deal.Title, deal.Amount, deal.Currency, deal.ExpectedClose, deal.Source,
        deal.OwnerId, deal.OwnerName, deal.Version, deal.Stage, deal.Outcome, deal.EnteredStageAt, deal.WonAt,
        deal.LostReason, deal.ClosedAt, deal.Cycle, deal.PreviousDealId, deal.ReferredByDealId, deal.CreatedAt, deal.SecondsInStage,
        deal.ArchivedAt, deal.Void, deal.Custom);
}

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

/// <param name="Message">In the caller's language.</param>
internal sealed record ConditionBody(
    string Rule, string Field, string Operator, JsonElement? Wanted, JsonElement? Found, Truth Result, RequirementMode Mode, string? Message, IReadOnlyList<Role> OverrideBy)
{
    /// <summary>Without shadow conditions: the mover never sees them.</summary>
    public static IReadOnlyList<ConditionBody> Shown(IEnumerable<ConditionResult> conditions) =>
        [.. conditions.Where(condition => condition.Mode != RequirementMode.Shadow).Select(From)];

    private static ConditionBody From(ConditionResult condition) => new(
        condition.Rule, condition.Field, condition.Operator, condition.Wanted, condition.Found, condition.Result, condition.Mode,
        Spoken(condition.Message), condition.OverrideBy);

    private static string? Spoken(IReadOnlyDictionary<string, string> message) =>
        message.GetValueOrDefault(CultureInfo.CurrentUICulture.Name) ?? message.GetValueOrDefault("en") ?? message.Values.FirstOrDefault();
}

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

internal sealed record MovedBody(DealBody Deal, TransitionBody Transition, DealBody? Created, IReadOnlyList<ConditionBody> Warnings)
{
    public static MovedBody From(Moved moved) => new(
        DealBody.From(moved.Deal), TransitionBody.FromView(moved.Transition),
        moved.Created is { } created ? DealBody.From(created) : null, ConditionBody.Shown(moved.Warnings));
}
