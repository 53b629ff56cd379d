using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Deals;

/// <summary>One product of a quote.</summary>
/// <param name="Price">Of one, before the discount.</param>
/// <param name="Total">Rounded half-even to the currency's decimals.</param>
public sealed record QuoteLineView(ProductId ProductId, string ProductName, decimal Quantity, decimal Price, decimal DiscountPercent,
    decimal Total)
{
    internal static QuoteLineView Of(QuoteLine line, string product, string currency) =>
        new(line.ProductId, product, line.Quantity, line.Price, line.DiscountPercent, TotalOf(line, currency));

    internal static decimal TotalOf(QuoteLine line, string currency) => TotalOf(line.Quantity, line.Price, line.DiscountPercent, currency);

    /// <summary>What a line comes to, rounded half-even to the currency's decimals.</summary>
    public static decimal TotalOf(decimal quantity, decimal price, decimal discountPercent, string currency) =>
        decimal.Round(quantity * price * (100 - discountPercent) / 100, Money.Decimals(currency), MidpointRounding.ToEven);
}
