using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

internal sealed class Payment : IBelonging
{
    public PaymentId Id { get; init; }
    public DealId DealId { get; init; }
    public decimal Amount { get; set; }
    public required string Currency { get; set; }
    public PaymentMethod Method { get; set; }

    /// <summary>It counts from this day on, in the organisation's zone; null: it is known only that it was paid.</summary>
    public DateOnly? PaidAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public UserId? CreatedBy { get; init; }

    /// <summary>Since when it counts no longer; null: it does.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
    public UserId? WithdrawnBy { get; set; }
    public long Version { get; set; }
}
