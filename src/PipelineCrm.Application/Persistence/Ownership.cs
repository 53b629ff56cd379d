using PipelineCrm.Common;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence;

/// <summary>Ownership as part of a query: what somebody may not see is not there.</summary>
internal static class Ownership
{
    public static IQueryable<Deal> Seen(this IQueryable<Deal> deals, Actor actor) => OwnedBy(deals, actor.Sees);

    private static IQueryable<Deal> OwnedBy(IQueryable<Deal> deals, Owners owners)
    {
        if (owners.Ids is null)
        {
            return deals;
        }

        var ids = owners.Ids.Select(UserId.From).ToArray();
        return deals.Where(d => ids.Contains(d.OwnerId));
    }
}
