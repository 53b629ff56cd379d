using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>The verdict on every possible move of a deal, by the rule set in force, for the caller (docs/api.md, GET deals/{id}/moves). Records nothing.</summary>
public static class ExplainMoves
{
    public sealed record Query(DealId Id) : IRequest<Answer>
    {
        public static Access Access => Access.SignedIn;
    }

    /// <param name="Moves">One verdict per possible target, shadow conditions left out.</param>
    public sealed record Answer(long Version, int RuleSet, IReadOnlyList<Verdict> Moves);

    internal sealed class Handler(CrmDbContext db, ActorSource actors, PublishedRules published, FactsInUse facts) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var (connection, actor) = (db.Connection, actors.Current);
            (DealSide? side, CustomerSide? customer, DateTimeOffset now) = (null, null, default);
            var catalog = await facts.Load(ct);
            Edition inForce = default;
            var reads = PublishedRules.AddInForce(new Reads(connection), (edition, at) => (inForce, now) = (edition, at));
            DealSide.AddTo(reads, request.Id, actor, null, catalog, found => side = found);
            CustomerSide.AddTo(reads, null, request.Id, actor, null, catalog, found => customer = found);
            await reads.Run(ct);
            if (side is null)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            var rules = await published.Load(connection, inForce, ct);
            var today = actor.Organisation.DayOf(now);
            var mover = actor.Moves.Include(side.Deal.Content.OwnerId);
            var moves = PurchasePath.Possible(side.Deal.State.Position).Select(step =>
                side.Archived is not null ? Stopped(step, VerdictReason.Impossible) : mover ? Judge(step) : Stopped(step, VerdictReason.Role));
            return new Answer(side.Deal.Version, rules.Version, [.. moves]);

            Verdict Judge(PathStep step) => PurchasePath.Decide(
                Intention.FactsFor(
                    step.Kind, side, step.Kind == MoveKind.Refer ? null : customer, Intention.Basis(step.Kind, side.Deal.Content), catalog, today, now),
                step.Wanted, rules, actor.Role!.Value, now).ForMover();
        }

        private static Verdict Stopped(PathStep step, VerdictReason reason) => new(step.Kind, step.To, VerdictKind.Refused, reason, [], [], []);
    }
}
