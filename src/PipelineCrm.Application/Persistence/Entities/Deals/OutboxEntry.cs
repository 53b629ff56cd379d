namespace PipelineCrm.Persistence.Entities;

/// <summary>One change of something that a page shows, for those who look at it; the database's triggers append it.</summary>
internal sealed class OutboxEntry
{
    /// <summary>The transaction that wrote it.</summary>
    public ulong Xid { get; init; }
    public required string Subject { get; init; }
    public required string SubjectId { get; init; }
    public long Id { get; init; }
    public DealId? DealId { get; init; }
    public CustomerId? CustomerId { get; init; }
    public UserId? OwnerBefore { get; init; }
    public UserId? OwnerId { get; init; }
    public short Change { get; init; }
    public long? Version { get; init; }
    public long WriteId { get; init; }
    public DateTimeOffset At { get; init; }
}
