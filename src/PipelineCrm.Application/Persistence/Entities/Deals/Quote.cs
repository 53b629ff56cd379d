namespace PipelineCrm.Persistence.Entities;

internal sealed class Quote : IBelonging
{
    public QuoteId Id { get; init; }
    public DealId DealId { get; init; }
    public required string Currency { get; set; }
    public DateOnly? ValidUntil { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public UserId? CreatedBy { get; init; }

    /// <summary>Since when it counts no longer; null: it does.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
    public UserId? WithdrawnBy { get; set; }
    public long Version { get; set; }
    public List<QuoteLine> Lines { get; init; } = [];
}
