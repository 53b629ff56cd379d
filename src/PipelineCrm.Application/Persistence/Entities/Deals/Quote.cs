namespace PipelineCrm.Persistence.Entities;

internal sealed class Quote
{
    public QuoteId Id { get; init; }
    public DealId DealId { get; init; }
    public required string Currency { get; init; }
    public DateOnly? ValidUntil { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public UserId? CreatedBy { get; init; }
    public List<QuoteLine> Lines { get; init; } = [];
}
