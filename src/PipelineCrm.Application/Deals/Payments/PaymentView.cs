using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>Money that a customer paid for a deal, or is to pay.</summary>
/// <param name="PaidAt">It counts from this day on.</param>
/// <param name="Due">That day is still to come, so it does not count yet.</param>
public sealed record PaymentView(
    PaymentId Id,
    DealId DealId,
    decimal Amount,
    string Currency,
    PaymentMethod Method,
    DateOnly? PaidAt,
    DateTimeOffset CreatedAt,
    UserId? By,
    string? ByName,
    long Version,
    bool Due) : IDealResponse
{
    DealId IDealResponse.Deal => DealId;
}
