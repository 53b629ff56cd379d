using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
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

    internal sealed class Handler(CrmDbContext db, RequestContext requestContext, RuleSetCache ruleSets, CurrentFactCatalog facts,
        TimeProvider time) : IHandler<Query, BoardView>
    {
        public async Task<Result<BoardView>> Handle(Query request, CancellationToken ct)
        {
            var viewer = requestContext.Actor;
            var (connection, catalog) = (db.Connection, await facts.Load(ct));
            var built = await BoardPredicate.Build(connection, viewer, catalog, time.GetUtcNow(), request.Filter, ct);
            if (built.Problem is { } problem)
            {
                return problem;
            }

            var wanted = built.Value!;
            var batch = new SqlBatch(connection);
            var cards = BoardCards.AddTo(batch, viewer, catalog, wanted, Stages.All, request.Limit + 1, null);
            var figures = BoardFigures.AddTo(batch, wanted);
            await batch.Run(ct);
            return await figures.View(connection, ruleSets, viewer, stage => BoardCards.Page(cards[stage], request.Limit), ct);
        }
    }
}
