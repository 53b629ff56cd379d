using PipelineCrm.Deals;

namespace PipelineCrm.Web.Api;

/// <summary>A merge patch: what is not sent stays.</summary>
internal sealed record PatchQuoteBody(long? Version)
{
    public Optional<IReadOnlyList<QuoteLineBody?>?> Lines { get; init; }
    public Optional<DateOnly?> ValidUntil { get; init; }
    public Optional<string?> Currency { get; init; }

    public QuoteFields ToFields() => new()
    {
        Lines = Lines.IsSet ? new(true, [.. (Lines.Value ?? []).Select(line => (line ?? QuoteLineBody.Empty).ToLine())]) : default,
        ValidUntil = ValidUntil,
        Currency = Currency,
    };
}
