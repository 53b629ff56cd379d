using PipelineCrm.Deals;

namespace PipelineCrm.Web.Api;

/// <param name="Price">The product's own where not given.</param>
internal sealed record QuoteLineBody(ProductId? ProductId, decimal? Quantity, decimal? Price, decimal? DiscountPercent)
{
    /// <summary>What a null in the list is taken for: a line in which all is missing.</summary>
    public static readonly QuoteLineBody Empty = new(null, null, null, null);

    public AddQuote.Line ToLine() => new(ProductId ?? default, Quantity ?? 1, Price, DiscountPercent ?? 0);
}
