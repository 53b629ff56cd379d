using PipelineCrm.Deals;

namespace PipelineCrm.Web.Api;

/// <param name="Currency">The deal's where not given.</param>
internal sealed record QuoteBody(IReadOnlyList<QuoteLineBody?>? Lines, DateOnly? ValidUntil, string? Currency)
{
    public AddQuote.Command Command(DealId deal) =>
        new(deal, [.. (Lines ?? []).Select(line => (line ?? QuoteLineBody.Empty).ToLine())], ValidUntil, Currency);
}
