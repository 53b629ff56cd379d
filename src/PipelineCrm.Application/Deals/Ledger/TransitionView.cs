using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

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
