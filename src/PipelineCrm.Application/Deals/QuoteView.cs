using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Deals;

/// <summary>A quote as it is shown and as the API answers it.</summary>
/// <param name="Total">Sum of the lines' totals, each rounded half-even to the currency's decimals.</param>
/// <param name="Version">Of the quote itself, to correct or withdraw it with.</param>
public sealed record QuoteView(
    QuoteId Id,
    DealId DealId,
    string Currency,
    DateOnly? ValidUntil,
    DateTimeOffset CreatedAt,
    UserId? By,
    string? ByName,
    IReadOnlyList<QuoteLineView> Lines,
    decimal Total,
    long Version) : ITellsOfDeal
{
    DealId ITellsOfDeal.Deal => DealId;
}

/// <summary>One product of a quote.</summary>
/// <param name="Price">Of one, before the discount.</param>
/// <param name="Total">Rounded half-even to the currency's decimals.</param>
public sealed record QuoteLineView(ProductId ProductId, string ProductName, decimal Quantity, decimal Price, decimal DiscountPercent, decimal Total)
{
    internal static QuoteLineView Of(QuoteLine line, string product, string currency) =>
        new(line.ProductId, product, line.Quantity, line.Price, line.DiscountPercent, TotalOf(line, currency));

    internal static decimal TotalOf(QuoteLine line, string currency) => TotalOf(line.Quantity, line.Price, line.DiscountPercent, currency);

    /// <summary>What a line comes to, rounded half-even to the currency's decimals.</summary>
    public static decimal TotalOf(decimal quantity, decimal price, decimal discountPercent, string currency) =>
        decimal.Round(quantity * price * (100 - discountPercent) / 100, Money.Decimals(currency), MidpointRounding.ToEven);
}

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
    bool Due) : ITellsOfDeal
{
    DealId ITellsOfDeal.Deal => DealId;
}
