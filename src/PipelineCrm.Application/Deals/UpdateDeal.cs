using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Writes fields of a deal (merge patch): never its stage or outcome.</summary>
public static class UpdateDeal
{
    public sealed record Command(DealId Id, long Version, MoveFields Fields) : IRequest<DealView>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.AddVersion(x => x.Version);
            this.AddFields(x => x.Fields, "");
        }
    }

    internal sealed class Handler(MoveScenes scenes) : IHandler<Command, DealView>
    {
        public async Task<Result<DealView>> Handle(Command request, CancellationToken ct)
        {
            await using var scene = await scenes.Open(new SceneRequest { Deal = request.Id, Fields = request.Fields }, ct);
            if (scene.Deal?.Deal is not { } deal || !scene.Actor.Sees.Include(deal.Content.OwnerId))
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            var sent = scene.Read(request.Fields, deal.Content.Values, "");
            if (!sent.Ok)
            {
                return sent.Problem;
            }

            if (deal.Version != request.Version)
            {
                return await MoveConflicts.Since(deal, request.Version, scene, ct);
            }

            if (deal.Content.ArchivedAt is not null)
            {
                return new Problem(ProblemCode.Archived, DealText.ArchivedDeal);
            }

            var content = deal.Content with { Values = sent.Value.Written(deal.Content.Values, scene.Actor.Organisation.BaseCurrency) };
            if (Forbidden(scene, deal.Content, content) is { } forbidden)
            {
                return forbidden;
            }

            return content == deal.Content ? deal.View(scene.Actor, scene.Catalog, scene.Now) : await Write(deal, content, scene, ct);
        }

        private static Problem? Forbidden(MoveScene scene, DealContent before, DealContent after) =>
            !scene.Actor.Moves.Include(before.OwnerId) ? new Problem(ProblemCode.Forbidden, DealText.NotYours)
            : after.OwnerId != before.OwnerId && !scene.Actor.Moves.Include(after.OwnerId) ? new Problem(ProblemCode.Forbidden, DealText.ForeignOwner)
            : null;

        private static async Task<Result<DealView>> Write(StoredDeal deal, DealContent content, MoveScene scene, CancellationToken ct)
        {
            var after = deal with { Content = content, Version = deal.Version + 1, OwnerName = scene.NameOf(content.OwnerId) ?? deal.OwnerName };
            await scene.Write(new LedgerBatch(scene.Actor, scene.Now, scene.Recorded, [new DealWrite(deal, after, null)], []), ct);
            return after.View(scene.Actor, scene.Catalog, scene.Now);
        }
    }
}
