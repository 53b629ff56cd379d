using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>What was changed meanwhile, for a conflict.</summary>
/// <param name="Changed"><c>stage</c> or <c>fields</c>.</param>
/// <param name="Fields">Names of the changed fields (camelCase); empty where the stage changed.</param>
/// <param name="Version">The present version, to send the move again with.</param>
public sealed record ConflictDetail(string Changed, IReadOnlyList<string> Fields, UserId? By, string? ByName, DateTimeOffset At,
    long Version, Place Place);
