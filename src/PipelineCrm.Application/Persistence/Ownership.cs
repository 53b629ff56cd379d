using PipelineCrm.Common;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence;

/// <summary>Ownership as part of a query: what somebody may not see is not there.</summary>
internal static class Ownership
{
    /// <summary>One deal d in plain SQL: $1 is its id, $2 the owners whose deals the reader sees (null: everybody's).</summary>
    public const string DealIsSeen = "d.id = $1 and not d.void and ($2 is null or d.owner_id = any($2))";

    /// <summary>Asks, among other statements, whether the reader sees the deal.</summary>
    public static Reads AddSeen(this Reads reads, DealId id, Actor reader, Action seen) =>
        reads.Add($"select 1 from deals d where {DealIsSeen}", _ => seen(), id.Value, Reads.Or(reader.Sees.Ids));

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
