using PipelineCrm.Localization;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>Puts deals into the archive and takes them out, written like a move but without a transition: stage and clock stay as they
/// are.</summary>
internal sealed class DealArchiver(MoveTransactionFactory transactions)
{
    public async Task<Result<DealView>> SetArchived(DealId id, long version, bool archived, CancellationToken ct)
    {
        await using var transaction = await transactions.Begin(new MoveInputs { Deal = id }, ct);
        if (transaction.Deal is not { Deal: var deal } snapshot || !transaction.Actor.Sees.Contains(deal.Content.OwnerId))
        {
            return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
        }

        if (deal.Version != version)
        {
            return await MoveConflicts.Since(deal, version, transaction, ct);
        }

        return Validate(transaction, snapshot, archived) is { } problem ? problem
            : archived == deal.Content.ArchivedAt is not null ? deal.View(transaction.Actor, transaction.Catalog, transaction.Now)
            : await Write(transaction, deal, archived, ct);
    }

    private static Problem? Validate(MoveTransaction transaction, DealSnapshot snapshot, bool archived) =>
        !transaction.Actor.Moves.Contains(snapshot.Deal.Content.OwnerId) ? new Problem(ProblemCode.Forbidden, DealMessages.NotYours)
        : snapshot.CustomerArchived && !archived ? new Problem(ProblemCode.Archived, DealMessages.ArchivedCustomer)
        : null;

    private static async Task<Result<DealView>> Write(MoveTransaction transaction, StoredDeal deal, bool archived, CancellationToken ct)
    {
        var after = deal with
        {
            Content = deal.Content with { ArchivedAt = archived ? transaction.Now : null },
            Version = deal.Version + 1
        };
        var status = transaction.Customer!.With([after], null, transaction.Customer.State.Referrer, transaction.Now);
        await transaction.Write(new LedgerBatch(transaction.Actor, transaction.Now, transaction.Recorded,
            [new DealWrite(deal, after, null)], status is null ? [] : [status]), ct);
        return after.View(transaction.Actor, transaction.Catalog, transaction.Now);
    }
}
