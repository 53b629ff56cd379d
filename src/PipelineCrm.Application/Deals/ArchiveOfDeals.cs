using PipelineCrm.Common;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Puts deals into the archive and takes them out, written like a move but without a transition: stage and clock stay as they are.</summary>
internal sealed class ArchiveOfDeals(MoveScenes scenes)
{
    public async Task<Result<DealView>> Put(DealId id, long version, bool archived, CancellationToken ct)
    {
        await using var scene = await scenes.Open(new SceneRequest { Deal = id }, ct);
        if (scene.Deal is not { Deal: var deal } side || !scene.Actor.Sees.Include(deal.Content.OwnerId))
        {
            return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
        }

        if (deal.Version != version)
        {
            return await MoveConflicts.Since(deal, version, scene, ct);
        }

        return InTheWay(scene, side, archived) is { } problem ? problem
            : archived == deal.Content.ArchivedAt is not null ? deal.View(scene.Actor, scene.Catalog, scene.Now)
            : await Write(scene, deal, archived, ct);
    }

    private static Problem? InTheWay(MoveScene scene, DealSide side, bool archived) =>
        !scene.Actor.Moves.Include(side.Deal.Content.OwnerId) ? new Problem(ProblemCode.Forbidden, DealText.NotYours)
        : side.CustomerArchived && !archived ? new Problem(ProblemCode.Archived, DealText.ArchivedCustomer)
        : null;

    private static async Task<Result<DealView>> Write(MoveScene scene, StoredDeal deal, bool archived, CancellationToken ct)
    {
        var after = deal with { Content = deal.Content with { ArchivedAt = archived ? scene.Now : null }, Version = deal.Version + 1 };
        var status = scene.Customer!.With([after], null, scene.Customer.State.Referrer, scene.Now);
        await scene.Write(new LedgerBatch(scene.Actor, scene.Now, scene.Recorded, [new DealWrite(deal, after, null)], status is null ? [] : [status]), ct);
        return after.View(scene.Actor, scene.Catalog, scene.Now);
    }
}
