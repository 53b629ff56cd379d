using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>The permanent record of an accepted move. Read here; only the ledger writer appends.</summary>
internal sealed class Transition
{
    public long Id { get; init; }
    public DealId DealId { get; init; }
    public int Seq { get; init; }
    public MoveKind Kind { get; init; }
    public MoveKind? ImportedKind { get; init; }
    public Stage? FromStage { get; init; }
    public Outcome? FromOutcome { get; init; }
    public Stage ToStage { get; init; }
    public Outcome ToOutcome { get; init; }
    public DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public UserId? ByUser { get; init; }
    public Channel Channel { get; init; }
    public int? RuleSet { get; init; }
    public required string Conditions { get; init; }
    public string? Override { get; init; }
    public string? ReasonCode { get; init; }
    public string? ReasonText { get; init; }
    public string? IdempotencyKey { get; init; }
    public long? SecondsInStage { get; init; }
    public Stage? CountedFrom { get; init; }
    public Stage? CountedTo { get; init; }

    /// <summary>False where the stage was entered before, nobody knows when: no time in it follows.</summary>
    public bool EntryKnown { get; init; } = true;
    public required string Before { get; init; }
    public long? Undoes { get; init; }

    /// <summary>Over its content and the hash of the one before it; the database makes it.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The deal's version that it was written with; null for imported history.</summary>
    public long? Version { get; init; }

    public Position? From => FromStage is { } stage && FromOutcome is { } outcome ? new Position(stage, outcome) : null;

    public Position To => new(ToStage, ToOutcome);
}

/// <summary>The permanent record of a requested move that was refused.</summary>
internal sealed class Refusal
{
    public long Id { get; init; }
    public DealId? DealId { get; init; }
    public CustomerId? CustomerId { get; init; }
    public MoveKind Kind { get; init; }
    public Place? ToPlace { get; init; }
    public DateTimeOffset OccurredAt { get; init; }
    public UserId? ByUser { get; init; }
    public Channel Channel { get; init; }
    public int RuleSet { get; init; }
    public required string Verdict { get; init; }
}

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

internal sealed class RuleSetVersion
{
    public int Version { get; init; }
    public required string Content { get; init; }
    public required string Note { get; init; }
    public UserId? PublishedBy { get; init; }
    public DateTimeOffset PublishedAt { get; init; }
    public DateTimeOffset InForceFrom { get; init; }
}

internal sealed class RuleDraft
{
    public short Id { get; init; } = 1;
    public required string Content { get; set; }
    public int BasedOn { get; set; }
    public long Etag { get; set; }
    public UserId? ChangedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}

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

/// <summary>The answer of an operation, kept 30 days for the same request sent again; JSON null where it held a secret.</summary>
internal sealed class StoredAnswer
{
    public UserId UserId { get; init; }
    public required string Key { get; init; }
    public required byte[] BodyHash { get; init; }
    public required string Answer { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A signed statement of where the chains stood; what it says in full stands in the file of checkpoints.</summary>
internal sealed class Checkpoint
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The last rows of each table that it has seen.</summary>
    public long Transitions { get; init; }
    public long Refusals { get; init; }
    public long History { get; init; }
    public int Lines { get; init; }
    public required byte[] Digest { get; init; }

    /// <summary>Fingerprint of the key that signed.</summary>
    public required string Key { get; init; }
    public required byte[] Signature { get; init; }
}
