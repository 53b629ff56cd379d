using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>One change of one field of anything; append-only. Undo, conflict, audit and as-of read this table.</summary>
internal sealed class HistoryEntry
{
    public long Id { get; init; }
    public required string Entity { get; init; }
    public required string EntityId { get; init; }
    public required string Field { get; init; }

    /// <summary>JSON; null where there was no value.</summary>
    public string? Before { get; init; }
    public string? After { get; init; }
    public DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public UserId? ByUser { get; init; }
    public Channel Channel { get; init; }
    public long? TransitionId { get; init; }

    /// <summary>For what belongs to a deal: the deal, and its version that the change was written with.</summary>
    public DealId? DealId { get; init; }
    public long? Version { get; init; }

    /// <summary>The same for all rows of one write; the database gives it. Null for rows from before it did.</summary>
    public long? WriteId { get; init; }
}
