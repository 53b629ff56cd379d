using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Actors;

/// <summary>Ownership as part of a query: what somebody may not see is not there.</summary>
internal static class DealOwnership
{
    /// <summary>One deal d in plain SQL: $1 is its id, $2 the owners whose deals the reader sees (null: everybody's).</summary>
    public const string DealIsVisible = "d.id = $1 and not d.void and ($2 is null or d.owner_id = any($2))";

    /// <summary>Asks, among other statements, whether the reader sees the deal.</summary>
    public static SqlBatch QueryVisible(this SqlBatch batch, DealId id, Actor reader, Action seen) =>
        batch.Query($"select 1 from deals d where {DealIsVisible}", _ => seen(), id.Value, SqlBatch.OrNull(reader.Sees.Ids));

    public static IQueryable<Deal> VisibleTo(this IQueryable<Deal> deals, Actor actor) => OwnedBy(deals, actor.Sees);

    private static IQueryable<Deal> OwnedBy(IQueryable<Deal> deals, OwnerSet owners)
    {
        if (owners.Ids is null)
        {
            return deals;
        }

        var ids = owners.Ids.Select(UserId.From).ToArray();
        return deals.Where(d => ids.Contains(d.OwnerId));
    }
}
