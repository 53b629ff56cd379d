using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Begins the transaction of an undo.</summary>
internal sealed class UndoTransactionFactory(CrmDbContext db, MoveTransactionFactory transactions, ActorLoader actors)
{
    /// <summary>What the ledger says of the transition never changes, so it may be read before the locks. Nobody waits for a deal that they
    /// do not see.</summary>
    private const string Which = """
        select t.deal_id, (t.before ->> 'created')::uuid, coalesce((t.before ->> 'referred')::boolean, false)
        from transitions t join deals d on d.id = t.deal_id
        where t.id = $1 and not d.void and ($2 is null or d.owner_id = any($2))
        """;

    /// <summary>Null where there is no such transition, or none that the actor sees.</summary>
    public async Task<UndoTransaction?> Begin(long transition, CancellationToken ct)
    {
        (Guid Deal, Guid? Follower, bool Referred)? found = null;
        await new SqlBatch(db.Connection)
            .Query(Which, row => found = (row.GetGuid(0), row.GetOrNull<Guid>(1), row.GetBoolean(2)), transition,
                SqlBatch.OrNull(actors.Current.Sees.Ids)).Run(ct);
        if (found is not { } which)
        {
            return null;
        }

        var undo = new UndoTransaction(transition);
        undo.Transaction = await transactions.Begin(
            new MoveInputs
            {
                Deal = new DealId(which.Deal),
                Follower = which.Follower is { } follower ? new DealId(follower) : null,
                Refers = which.Referred,
                AlsoRead = undo.AddTo,
            },
            ct);
        return undo;
    }
}
