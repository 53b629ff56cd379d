using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>A requested move that was refused, as the history shows it.</summary>
/// <param name="Verdict">Without shadow conditions.</param>
public sealed record RefusalView(long Id, MoveKind Kind, Place? To, DateTimeOffset OccurredAt, UserId? By, string? ByName, Channel Channel, int RuleSet, Verdict Verdict);
