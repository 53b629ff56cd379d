using FluentValidation;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>What became of these deals on a board, and the figures of its columns with them. A deal that the viewer may not see, or that
/// the filter leaves out, is not in the answer.</summary>
public static class GetBoardChanges
{
    /// <summary>More than so many at once are read as a board anew.</summary>
    public const int MaxDeals = 200;

    public sealed record Query(BoardFilter Filter, IReadOnlyList<DealId> Deals) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="Deals">Those of the asked ones that lie on the board, closed ones too.</param>
    /// <param name="Figures">Columns without cards.</param>
    public sealed record Answer(IReadOnlyList<DealView> Deals, BoardView Figures);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Deals.Count).InclusiveBetween(0, MaxDeals).WithMessage(_ => FieldMessages.PageLimit);
            this.AddFilter(query => query.Filter.Search, query => query.Filter.Source);
        }
    }

    internal sealed class Handler(CrmDbContext db, RequestContext requestContext, RuleSetCache ruleSets, CurrentFactCatalog facts,
        TimeProvider time) : IHandler<Query, Answer>
    {
        private static readonly Page<DealView> NoCards = new([], null);

        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var (viewer, connection, deals) = (requestContext.Actor, db.Connection, new List<DealView>());
            var catalog = await facts.Load(ct);
            var built = await BoardPredicate.Build(connection, viewer, catalog, time.GetUtcNow(), request.Filter, ct);
            if (built.Problem is { } problem)
            {
                return problem;
            }

            var wanted = built.Value!;
            var batch = new SqlBatch(connection);
            if (request.Deals.Count > 0)
            {
                batch.QueryNamed(
                    $"select {DealViewSql.Columns(catalog)} from {DealViewSql.From} where d.id = any(@ids) and not d.void and d.archived_at is null and {wanted.Sql}",
                    values =>
                    {
                        values.AddWithValue("ids", request.Deals.Select(deal => deal.Value).ToArray());
                        wanted.AddTo(values);
                    },
                    row => deals.Add(DealViewSql.Read(row, viewer, catalog)));
            }

            var figures = BoardFigures.AddTo(batch, wanted);
            await batch.Run(ct);
            return new Answer(deals, await figures.View(connection, ruleSets, viewer, _ => NoCards, ct));
        }
    }
}
