using PipelineCrm.Deals;

namespace PipelineCrm.Web.Api;

/// <summary>A merge patch: what is not sent stays, null empties.</summary>
internal sealed record PatchDealBody(long? Version)
{
    public Optional<decimal?> Amount { get; init; }
    public Optional<string?> Currency { get; init; }
    public Optional<DateOnly?> ExpectedClose { get; init; }
    public Optional<string?> Title { get; init; }
    public Optional<string?> Source { get; init; }
    public Optional<UserId?> OwnerId { get; init; }

    public MoveFields ToFields() => new()
    {
        Amount = Amount,
        Currency = Currency,
        ExpectedClose = ExpectedClose,
        Title = Title,
        Source = Source,
        OwnerId = OwnerId,
    };
}
