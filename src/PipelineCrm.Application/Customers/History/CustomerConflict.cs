namespace PipelineCrm.Customers;

/// <summary>What somebody else changed meanwhile on a customer.</summary>
/// <param name="Fields">Names of the changed fields (camelCase); <c>contacts</c> where those were.</param>
/// <param name="Version">The present version, to send the change again with.</param>
public sealed record CustomerConflict(string Changed, IReadOnlyList<string> Fields, UserId? By, string? ByName, DateTimeOffset? At,
    long Version);
