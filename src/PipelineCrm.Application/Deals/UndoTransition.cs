using System.Text.Json;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Takes back a deal's latest transition by appending one that restores what was before (docs/domain.md, undo).</summary>
public static class UndoTransition
{
    /// <param name="Resolve">For fields that somebody changed since: keep the new value, or restore the old one.</param>
    public sealed record Command(long TransitionId, IReadOnlyDictionary<string, UndoChoice>? Resolve = null) : IRequest<Moved>, IGoesFirst
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(UndoScenes scenes) : IHandler<Command, Moved>
    {
        public async Task<Result<Moved>> Handle(Command request, CancellationToken ct)
        {
            await using var undo = await scenes.Open(request.TransitionId, ct);
            if (undo?.Scene.Deal?.Deal is not { } deal || !undo.Scene.Actor.Sees.Include(deal.Content.OwnerId))
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            if (request.Resolve?.Keys.Any(field => undo.Scene.Catalog.Find(field) is not { Subject: FactSubject.Deal, IsContent: true }) == true)
            {
                return Invalid.Field("resolve", FieldText.UnknownField);
            }

            if (undo.Scene.Deal.Archived is { } archived)
            {
                return archived;
            }

            if (undo.Impossible)
            {
                var verdict = new Verdict(MoveKind.Undo, null, VerdictKind.Refused, VerdictReason.Impossible, [], [], []);
                await undo.Scene.Refuse(verdict, deal.Id, deal.CustomerId, ct);
                return Refusals.Problem(verdict);
            }

            return undo.InTheWay(deal, request.Resolve ?? new Dictionary<string, UndoChoice>()) is { } problem ? problem : await Write(undo, deal, request, ct);
        }

        private static async Task<Result<Moved>> Write(UndoScene undo, StoredDeal deal, Command request, CancellationToken ct)
        {
            var (scene, kept) = (undo.Scene, undo.Undone);
            var content = undo.Changes(deal).Where(change => !change.Changed || request.Resolve?.GetValueOrDefault(change.Field) == UndoChoice.Restore)
                .Aggregate(deal.Content, (content, change) => content.With(scene.Catalog.Find(change.Field)!, change.Before));
            foreach (var currency in scene.Catalog.OfDeal.Where(fact => content.Values[fact.Key].Value is not null).Select(fact => fact.CurrencyKey).OfType<string>().Where(key => content.Values[key].IsEmpty))
            {
                // The amount was kept: so is the currency that it is in.
                content = content with { Values = content.Values.With(currency, deal.Content.Values[currency]) };
            }

            var write = Write(scene, scene.Ids.First, undo.TransitionId, deal, content with { LostReason = kept.LostReason }, kept);
            var writes = undo.Follower is { Content.Void: false } follower
                ? [write, Write(scene, scene.Ids.Second, undo.FollowerCreate, follower, follower.Content, new Undoable(null))]
                : new[] { write };
            var batch = new LedgerBatch(scene.Actor, scene.Now, scene.Recorded, writes, [.. undo.Statuses(writes)]);
            return await scene.Write(batch, ct) == Written.Done
                ? new Moved(write.After.View(scene.Actor, scene.Catalog, scene.Now), write.Transition!.View(write, scene, []), null, [])
                : await MoveConflicts.Since(deal, deal.Version, scene, ct);
        }

        /// <summary>A deal whose first transition is taken back never was: void.</summary>
        private static DealWrite Write(MoveScene scene, long id, long undoes, StoredDeal deal, DealContent content, Undoable kept)
        {
            var applied = PurchasePath.Undo(kept.State ?? deal.State);
            var after = deal with
            {
                Content = kept.State is null ? deal.Content with { Void = true } : content,
                State = applied.State,
                Rank = kept.Rank ?? deal.Rank,
                LastSeq = deal.LastSeq + 1,
                Version = deal.Version + 1,
            };
            return new DealWrite(deal, after, new TransitionWrite(id, MoveKind.Undo, Undoable.Of(deal, after, scene.Catalog).Json(), applied, scene.Rules.Version, Undoes: undoes));
        }
    }
}

/// <summary>What becomes of a field that somebody wrote again after the move which is undone.</summary>
public enum UndoChoice
{
    Keep = 1,
    Restore = 2,
}

/// <summary>Why an undo is not made yet.</summary>
/// <param name="Later">The transitions to undo first, latest first; for <c>not-latest</c>.</param>
/// <param name="Fields">The fields to decide about; for <c>fields-changed</c>.</param>
/// <param name="Changes">Their values.</param>
/// <param name="Follower">For <c>has-followers</c>: the deal that the move opened, where the reader may see it.</param>
public sealed record UndoDetail(IReadOnlyList<LaterTransition> Later, IReadOnlyList<string> Fields, IReadOnlyList<UndoField> Changes, DealId? Follower = null);

/// <summary>A transition that stands in the way of an undo, since it came after.</summary>
public sealed record LaterTransition(long Id, int Seq, MoveKind Kind, Place To, DateTimeOffset OccurredAt);

/// <param name="Before">What undo would restore.</param>
/// <param name="Written">What the move wrote.</param>
/// <param name="Now">What it is now.</param>
public sealed record UndoField(string Field, JsonElement? Before, JsonElement? Written, JsonElement? Now);
