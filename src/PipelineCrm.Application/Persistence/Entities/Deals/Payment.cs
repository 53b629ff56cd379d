using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

internal sealed class Payment
{
    public PaymentId Id { get; init; }
    public DealId DealId { get; init; }
    public decimal Amount { get; init; }
    public required string Currency { get; init; }
    public PaymentMethod Method { get; init; }
    public DateOnly? PaidAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public UserId? CreatedBy { get; init; }
}
