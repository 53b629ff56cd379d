using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>
/// A requested move that was refused, as the history shows it: the same wish of the same person, refused by the same conditions of the same
/// rules within a day of the time before, is one entry. The ledger holds every one of them.
/// </summary>
/// <param name="Id">Of the last one.</param>
/// <param name="OccurredAt">When it was refused last.</param>
/// <param name="Verdict">The last one, without shadow conditions.</param>
/// <param name="Times">How often it was refused.</param>
/// <param name="FirstAt">When it was refused first.</param>
public sealed record RefusalView(
    long Id, MoveKind Kind, Place? To, DateTimeOffset OccurredAt, UserId? By, string? ByName, Channel Channel, int RuleSet, Verdict Verdict,
    int Times, DateTimeOffset FirstAt);
