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
    long Version) : IDealResponse
{
    DealId IDealResponse.Deal => DealId;
}
