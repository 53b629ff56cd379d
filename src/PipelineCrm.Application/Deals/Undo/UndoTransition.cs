using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>Takes back a deal's latest transition by appending one that restores what was before (docs/domain.md, undo).</summary>
public static class UndoTransition
{
    /// <param name="Resolve">For fields that somebody changed since: keep the new value, or restore the old one.</param>
    public sealed record Command(long TransitionId, IReadOnlyDictionary<string, UndoChoice>? Resolve = null)
        : IRequest<MoveResult>, IPriorityRequest
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(UndoTransactionFactory transactions) : IHandler<Command, MoveResult>
    {
        public async Task<Result<MoveResult>> Handle(Command request, CancellationToken ct)
        {
            await using var undo = await transactions.Begin(request.TransitionId, ct);
            if (undo?.Transaction.Deal?.Deal is not { } deal || !undo.Transaction.Actor.Sees.Contains(deal.Content.OwnerId))
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (request.Resolve?.Keys.Any(
                field => undo.Transaction.Catalog.Find(field) is not { Subject: FactSubject.Deal, IsContent: true }) == true)
            {
                return ValidationProblem.ForField("resolve", FieldMessages.UnknownField);
            }

            if (undo.Transaction.Deal.Archived is { } archived)
            {
                return archived;
            }

            if (undo.Impossible)
            {
                var verdict = new Verdict(MoveKind.Undo, null, VerdictKind.Refused, VerdictReason.Impossible, [], [], []);
                await undo.Transaction.Refuse(verdict, deal.Id, deal.CustomerId, ct);
                return MoveProblems.Of(verdict);
            }

            return undo.Validate(deal, request.Resolve ?? new Dictionary<string, UndoChoice>()) is { } problem ? problem
                : await Write(undo, deal, request, ct);
        }

        private static async Task<Result<MoveResult>> Write(UndoTransaction undo, StoredDeal deal, Command request, CancellationToken ct)
        {
            var (transaction, kept) = (undo.Transaction, undo.Snapshot);
            var content = undo.Changes(deal)
                .Where(change => !change.Changed || request.Resolve?.GetValueOrDefault(change.Field) == UndoChoice.Restore)
                .Aggregate(deal.Content, (content, change) => content.With(transaction.Catalog.Find(change.Field)!, change.Before));
            foreach (var currency in transaction.Catalog.OfDeal.Where(fact => content.Values[fact.Key].Value is not null)
                .Select(fact => fact.CurrencyKey).OfType<string>().Where(key => content.Values[key].IsEmpty))
            {
                // The amount stayed: so does the currency that it is in.
                content = content with { Values = content.Values.With(currency, deal.Content.Values[currency]) };
            }

            var write = Write(transaction, transaction.Ids.First, undo.TransitionId, deal, content with { LostReason = kept.LostReason },
                kept);
            var writes = undo.Follower is { Content.Void: false } follower
                ? [write, Write(transaction, transaction.Ids.Second, undo.FollowerCreate, follower, follower.Content,
                    new UndoSnapshot(null))]
                : new[] { write };
            var batch = new LedgerBatch(transaction.Actor, transaction.Now, transaction.Recorded, writes, [.. undo.Statuses(writes)]);
            return await transaction.Write(batch, ct) == WriteResult.Written
                ? new MoveResult(write.After.View(transaction.Actor, transaction.Catalog, transaction.Now),
                    write.Transition!.View(write, transaction, []), null, [])
                : await MoveConflicts.Since(deal, deal.Version, transaction, ct);
        }

        /// <summary>A deal whose first transition is taken back never was: void.</summary>
        private static DealWrite Write(MoveTransaction transaction, long id, long undoes, StoredDeal deal, DealContent content,
            UndoSnapshot kept)
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
            return new DealWrite(deal, after, new TransitionWrite(id, MoveKind.Undo,
                UndoSnapshot.Of(deal, after, transaction.Catalog).Json(), applied, transaction.Rules.Version, Undoes: undoes));
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
public sealed record UndoDetail(IReadOnlyList<LaterTransition> Later, IReadOnlyList<string> Fields, IReadOnlyList<UndoField> Changes,
    DealId? Follower = null);

/// <summary>A transition that stands in the way of an undo, since it came after.</summary>
public sealed record LaterTransition(long Id, int Seq, MoveKind Kind, Place To, DateTimeOffset OccurredAt);

/// <param name="Before">What undo would restore.</param>
/// <param name="Written">What the move wrote.</param>
/// <param name="Now">What it is now.</param>
public sealed record UndoField(string Field, JsonElement? Before, JsonElement? Written, JsonElement? Now);
