using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>Money that a customer paid for a deal.</summary>
public sealed record PaymentView(
    PaymentId Id,
    DealId DealId,
    decimal Amount,
    string Currency,
    PaymentMethod Method,
    DateOnly? PaidAt,
    DateTimeOffset CreatedAt,
    UserId? By,
    string? ByName);
