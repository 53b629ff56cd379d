using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>Which deals a list holds; everything unset: all that the reader may see.</summary>
/// <param name="Team">Includes its subtree.</param>
/// <param name="Search">Part of the title or of the customer's name.</param>
public sealed record DealFilter(
    Stage? Stage = null,
    Outcome? Outcome = null,
    UserId? Owner = null,
    TeamId? Team = null,
    CustomerId? Customer = null,
    string? Source = null,
    string? Search = null);

/// <summary>Deals by their age, oldest first; void and archived ones left out.</summary>
public static class ListDeals
{
    public sealed record Query(DealFilter Filter, PageRequest Page) : IRequest<Page<DealView>>
    {
        public static Access Access => Access.SignedIn;
    }
}
