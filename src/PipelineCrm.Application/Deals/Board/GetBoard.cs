using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>The board: five columns with their first page, count and sums, and the two strips (docs/api.md, GET board).</summary>
public static class GetBoard
{
    public sealed record Query(BoardFilter Filter, int Limit = PageRequest.DefaultLimit) : IRequest<BoardView>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Limit).InclusiveBetween(1, PageRequest.MaxLimit).WithMessage(_ => FieldMessages.PageLimit);
            this.AddFilter(query => query.Filter.Search, query => query.Filter.Source);
        }
    }

    internal sealed class Handler(CrmDbContext db, RequestContext requestContext, RuleSetCache ruleSets) : IHandler<Query, BoardView>
    {
        private const int RecentDays = 30;

        public async Task<Result<BoardView>> Handle(Query request, CancellationToken ct)
        {
            var viewer = requestContext.Actor;
            var connection = db.Connection;
            var wanted = await BoardPredicate.Build(connection, viewer, request.Filter, ct);
            var (chances, recent) = (new Dictionary<Stage, decimal>(), new Dictionary<Outcome, long>());
            RuleSetKey inForce = default;
            var batch = new SqlBatch(connection);
            var cards = BoardCards.AddTo(batch, viewer, wanted, Stages.All, request.Limit + 1, null);
            var totals = BoardTotals.AddTo(batch, wanted);
            await RuleSetCache.AddInForce(batch, (key, _) => inForce = key)
                .QueryNamed(Recent(wanted), wanted.AddTo, row => recent.Add((Outcome)row.GetInt16(0), row.GetInt64(1)))
                .Query("select stage, probability from stages", row => chances.Add((Stage)row.GetInt16(0), row.GetDecimal(1)))
                .Run(ct);
            var rules = await ruleSets.Load(connection, inForce, ct);
            var columns = Stages.All.Select(stage => Column(stage, BoardCards.Page(cards[stage], request.Limit), totals, chances[stage]) with
            {
                MaxDays = rules.Stages.GetValueOrDefault(stage)?.MaxDays,
                WarnDays = rules.Stages.GetValueOrDefault(stage)?.WarnDays,
                MayCreate = rules.Moves.Any(move => move.Kind == MoveKind.Create && move.To == stage.ToPlace() && move.Roles.Contains(viewer.Role!.Value)),
            });
            return new BoardView([.. columns], Strip(Outcome.Completed), Strip(Outcome.Lost));

            BoardStrip Strip(Outcome outcome) => new(totals.Where(total => total.Outcome == outcome).Sum(total => total.Deals), recent.GetValueOrDefault(outcome));
        }

        private static BoardColumn Column(Stage stage, Page<DealView> page, IReadOnlyList<BoardTotals.Total> totals, decimal chance)
        {
            var own = totals.Where(total => total.Stage == stage && total.Outcome == Outcome.Open).ToList();
            return new BoardColumn(stage, own.Sum(total => total.Deals), BoardTotals.Sums(own), page.Items, page.Next)
            {
                Weighted = BoardTotals.Sums(own, chance),
            };
        }

        /// <summary>Both outcomes by name, so that the index's range is that of the days.</summary>
        private static string Recent(BoardPredicate wanted) => $"""
            select d.outcome, count(*) from deals d{wanted.Join}
            where d.outcome <> 0 and d.outcome in (1, 2) and d.closed_at > now() - interval '{RecentDays} days'
              and not d.void and d.archived_at is null and {wanted.Sql}
            group by 1
            """;
    }
}
