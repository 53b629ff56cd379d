using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>The verdict on every possible move of a deal, by the rule set in force, for the caller (docs/api.md, GET deals/{id}/moves).
/// Records nothing.</summary>
public static class ExplainMoves
{
    public sealed record Query(DealId Id) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="Moves">One verdict per possible target, shadow conditions left out.</param>
    public sealed record Answer(long Version, int RuleSet, IReadOnlyList<Verdict> Moves);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, RuleSetCache ruleSets, CurrentFactCatalog facts)
        : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var (connection, actor) = (db.Connection, actors.Current);
            (DealSnapshot? snapshot, CustomerSnapshot? customer, DateTimeOffset now) = (null, null, default);
            var catalog = await facts.Load(ct);
            RuleSetKey inForce = default;
            var batch = RuleSetCache.AddInForce(new SqlBatch(connection), (key, at) => (inForce, now) = (key, at));
            DealSnapshot.AddTo(batch, request.Id, actor, null, catalog, found => snapshot = found);
            CustomerSnapshot.AddTo(batch, null, request.Id, actor, null, catalog, found => customer = found);
            await batch.Run(ct);
            if (snapshot is null)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var rules = await ruleSets.Load(connection, inForce, ct);
            var today = actor.Organisation.DayOf(now);
            var mover = actor.Moves.Contains(snapshot.Deal.Content.OwnerId);
            var moves = PurchasePath.Possible(snapshot.Deal.State.Position).Select(step =>
                snapshot.Archived is not null ? Stopped(step, VerdictReason.Impossible)
                    : mover ? Judge(step) : Stopped(step, VerdictReason.Role));
            return new Answer(snapshot.Deal.Version, rules.Version, [.. moves]);

            Verdict Judge(PathStep step) => PurchasePath.Decide(
                MovePlan.FactsFor(
                    step.Kind, snapshot, step.Kind == MoveKind.Refer ? null : customer, MovePlan.Basis(step.Kind, snapshot.Deal.Content),
                    catalog, today, now),
                step.Wanted, rules, actor.Role!.Value, now).ForMover();
        }

        private static Verdict Stopped(PathStep step,
            VerdictReason reason) => new(step.Kind, step.To, VerdictKind.Refused, reason, [], [], []);
    }
}
