using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>Hands deals of one owner over to another: the named ones, or all that are open. Each deal's history says so.</summary>
public static class ReassignDeals
{
    public sealed record Command(UserId From, UserId To, IReadOnlyList<DealId>? Deals = null) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Manager;
    }

    /// <param name="Deals">How many have a new owner.</param>
    public sealed record Answer(int Deals);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, UseCasePipeline pipeline) : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = pipeline.InTransaction ? null : await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            var moves = actors.Current.Moves;
            if (!moves.Contains(request.From))
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var takes = await db.Users.AnyAsync(u => u.Id == request.To && u.DisabledAt == null && u.Role != Role.Viewer, ct);
            if (!takes || !moves.Contains(request.To) || request.To == request.From)
            {
                return ValidationProblem.ForField("takesOver", AccessMessages.TakesOverUnknown);
            }

            var handedOver = await Write(request, ct);
            await Commit(transaction, ct);
            return new Answer(handedOver);
        }

        /// <summary>Rows in the order of their ids, as every writer of many deals locks them.</summary>
        private Task<int> Write(Command request, CancellationToken ct)
        {
            var (from, to, by) = (request.From.Value, request.To.Value, actors.Current.Id?.Value);
            var named = request.Deals?.Select(deal => deal.Value).ToArray();
            return db.Database.ExecuteSqlAsync(
                $"""
                with theirs as (
                    select id from deals
                    where owner_id = {from} and not void and archived_at is null
                      and case when {named is null} then outcome = 0 else id = any({named ?? []}) end
                    order by id for no key update),
                given as (
                    update deals d set owner_id = {to}, version = d.version + 1
                    from theirs where d.id = theirs.id
                    returning d.id, d.version)
                insert into history (entity, entity_id, field, before, after, by_user, channel, deal_id, version)
                select 'deal', id::text, 'ownerId', to_jsonb({from}::text), to_jsonb({to}::text), {by}::uuid, {(short)actors.Current.Channel}, id, version
                from given
                """,
                ct);
        }

        private static Task Commit(IDbContextTransaction? transaction,
            CancellationToken ct) => transaction?.CommitAsync(ct) ?? Task.CompletedTask;
    }
}
