namespace PipelineCrm.Persistence.Entities;

internal sealed class RuleSetVersion
{
    public int Version { get; init; }
    public required string Content { get; init; }
    public required string Note { get; init; }
    public UserId? PublishedBy { get; init; }
    public DateTimeOffset PublishedAt { get; init; }
    public DateTimeOffset InForceFrom { get; init; }
}
