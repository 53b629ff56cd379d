namespace PipelineCrm.Persistence.Entities;

internal sealed class QuoteLine
{
    public QuoteId QuoteId { get; init; }
    public int Position { get; init; }
    public ProductId ProductId { get; init; }
    public decimal Quantity { get; init; }
    public decimal Price { get; init; }
    public decimal DiscountPercent { get; init; }
}
