namespace PipelineCrm.Persistence.Entities;

internal sealed class OutboxEntry
{
    public long Id { get; init; }
    public DealId DealId { get; init; }
    public required string Content { get; init; }
    public DateTimeOffset At { get; init; }
}
