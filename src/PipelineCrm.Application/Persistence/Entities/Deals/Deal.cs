using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>One pass of one customer along the purchase path. Stage and outcome change only with a transition: the ledger writer does
/// that.</summary>
internal sealed class Deal
{
    public const int TitleLength = 200;

    public DealId Id { get; init; }
    public CustomerId CustomerId { get; init; }
    public required string Title { get; set; }
    public decimal? Amount { get; set; }
    public string? Currency { get; set; }
    public DateOnly? ExpectedClose { get; set; }
    public string? Source { get; set; }
    public UserId OwnerId { get; set; }
    public ProductId? ProductId { get; set; }
    public Stage Stage { get; private set; }
    public Outcome Outcome { get; private set; }
    public DateTimeOffset EnteredStageAt { get; private set; }
    public bool StageEntryKnown { get; private set; }
    public DateTimeOffset? StoppedAt { get; private set; }
    public long PausedSeconds { get; private set; }
    public DateTimeOffset? WonAt { get; private set; }
    public string? LostReason { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public int Cycle { get; init; }
    public DealId? PreviousDealId { get; init; }
    public DealId? ReferredByDealId { get; init; }
    public required string Rank { get; set; }
    public int LastSeq { get; private set; }
    public Stage FurthestStage { get; private set; }
    public long Version { get; set; }
    public DateTimeOffset? ArchivedAt { get; set; }
    public bool Void { get; set; }
    public string? ExternalKey { get; init; }

    /// <summary>The import that made it; null where people did.</summary>
    public int? ImportId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>JSON: the values of fields that admins added, by their keys.</summary>
    public string Custom { get; init; } = "{}";

    public Customer Customer { get; init; } = null!;
    public User Owner { get; init; } = null!;

    public Position Position => new(Stage, Outcome);
}
