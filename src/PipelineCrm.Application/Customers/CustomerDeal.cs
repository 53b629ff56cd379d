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
    DateTimeOffset? ArchivedAt);
