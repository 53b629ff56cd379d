namespace PipelineCrm.Persistence.Entities;

/// <summary>The answer of an operation, stored for 30 days for the same request sent again; JSON null where it held a secret.</summary>
internal sealed class StoredAnswer
{
    public UserId UserId { get; init; }
    public required string Key { get; init; }
    public required byte[] BodyHash { get; init; }
    public required string Answer { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
