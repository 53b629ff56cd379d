using PipelineCrm.Domain;

namespace PipelineCrm.Customers;

/// <summary>A deal on its customer's page.</summary>
public sealed record CustomerDeal(
    DealId Id,
    string Title,
    Stage Stage,
    Outcome Outcome,
    decimal? Amount,
    string? Currency,
    string OwnerName,
    DateOnly? ExpectedClose,
    string? LostReason,
    DateTimeOffset? ClosedAt,
    int Cycle,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ArchivedAt)
{
    /// <summary>The first entry into Purchase that is not undone.</summary>
    public DateTimeOffset? WonAt { get; init; }

    /// <summary>When the stage's present clock started.</summary>
    public DateTimeOffset EnteredStageAt { get; init; }
}
