using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>A stored answer as its reader may see it now.</summary>
internal static class VisibleAnswer
{
    /// <summary>The same answer as then, but for deals that have gone out of its reader's sight meanwhile.</summary>
    public static async Task<MoveResult> Of(MoveResult answer, MoveTransaction transaction, CancellationToken ct)
    {
        var named = new[] { answer.Deal.PreviousDealId, answer.Deal.ReferredByDealId, answer.Created?.Id }.OfType<DealId>()
            .Select(id => id.Value).ToArray();
        if (named.Length == 0 || transaction.Actor.Sees.Ids is not { } owners)
        {
            return answer;
        }

        var seen = new HashSet<Guid>();
        await new SqlBatch(transaction.Connection)
            .Query("select d.id from deals d where d.id = any($1) and d.owner_id = any($2)", row => seen.Add(row.GetGuid(0)), named, owners)
            .Run(ct);
        return answer with
        {
            Deal = answer.Deal with
            {
                PreviousDealId = Seen(answer.Deal.PreviousDealId),
                ReferredByDealId = Seen(answer.Deal.ReferredByDealId)
            },
            Created = Seen(answer.Created?.Id) is null ? null : answer.Created,
        };

        DealId? Seen(DealId? id) => id is { } known && seen.Contains(known.Value) ? id : null;
    }
}
