using System.Text.Json.Serialization;
using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>A deal as it is shown and as the API answers it.</summary>
/// <param name="Version">Goes up with every write of the deal or of what belongs to it.</param>
/// <param name="EnteredStageAt">When the present stage's clock started.</param>
/// <param name="PreviousDealId">Null also where the reader may not see that deal; so <paramref name="ReferredByDealId"/>.</param>
/// <param name="WonAt">The first entry into Purchase that is not undone; stays after back or lose.</param>
public sealed record DealView(
    DealId Id,
    CustomerId CustomerId,
    string CustomerName,
    string Title,
    decimal? Amount,
    string? Currency,
    DateOnly? ExpectedClose,
    string? Source,
    UserId OwnerId,
    string OwnerName,
    long Version,
    Stage Stage,
    Outcome Outcome,
    DateTimeOffset EnteredStageAt,
    DateTimeOffset? WonAt,
    string? LostReason,
    DateTimeOffset? ClosedAt,
    int Cycle,
    DealId? PreviousDealId,
    DealId? ReferredByDealId,
    DateTimeOffset CreatedAt) : ITellsOfDeal
{
    DealId ITellsOfDeal.Deal => Id;

    /// <summary>Whole seconds on the stage's clock at the instant the view was read; time lying Lost is not counted. Null where the entry is not known.</summary>
    public long? SecondsInStage { get; init; }

    /// <summary>Whether the reader may move and change it; nobody may while it is archived.</summary>
    public bool MayMove { get; init; }

    /// <summary>Whether the reader may archive and restore it.</summary>
    public bool MayArchive { get; init; }

    /// <summary>Since when it is out of board, lists, status and counts; null: it is not.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Its opening was undone: it never was. Only the answer of that undo shows such a deal.</summary>
    public bool Void { get; init; }

    /// <summary>Where it lies in its column: ordinal order of this, then of the id. For boards on the server only; null in an answer that was stored.</summary>
    [JsonIgnore]
    public string? Rank { get; init; }

    /// <summary>Everything that people write of it, by the names of the fields.</summary>
    public FieldDictionary Fields { get; init; } = FieldDictionary.None;

    /// <summary>Of that the fields that admins added, by the fields' own keys.</summary>
    [JsonIgnore]
    public FieldDictionary Custom => new(Fields.Where(one => one.Key.StartsWith(CustomField.Prefix, StringComparison.Ordinal))
        .Select(one => KeyValuePair.Create(one.Key[CustomField.Prefix.Length..], one.Value)));

    public Position Position => new(Stage, Outcome);
}

/// <summary>A transition as the history shows it.</summary>
/// <param name="From">Null for the first; a stage, Lost or Completed.</param>
/// <param name="FromStage">The stage, also where <paramref name="From"/> is Lost or Completed.</param>
/// <param name="SecondsInStage">Time spent in the stage that was left; null where none was left or it is not known.</param>
/// <param name="UndoneBy">The id of the transition that undid this one.</param>
public sealed record TransitionView(
    long Id,
    int Seq,
    MoveKind Kind,
    MoveKind? ImportedKind,
    Place? From,
    Place To,
    Stage? FromStage,
    Stage ToStage,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    UserId? By,
    string? ByName,
    Channel Channel,
    int? RuleSet,
    IReadOnlyList<ConditionResult> Conditions,
    Override? Override,
    string? ReasonCode,
    string? ReasonText,
    long? SecondsInStage,
    long? UndoneBy)
{
    /// <summary>Whether the reader may undo it now.</summary>
    public bool MayUndo { get; init; }
}

/// <summary>What was changed meanwhile, for a conflict.</summary>
/// <param name="Changed"><c>stage</c> or <c>fields</c>.</param>
/// <param name="Fields">Names of the changed fields (camelCase); empty where the stage changed.</param>
/// <param name="Version">The present version, to send the move again with.</param>
public sealed record ConflictDetail(string Changed, IReadOnlyList<string> Fields, UserId? By, string? ByName, DateTimeOffset At, long Version, Place Place);
