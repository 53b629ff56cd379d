using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>The next page of one column (docs/api.md, GET board/{stage}).</summary>
public static class GetBoardColumn
{
    public sealed record Query(Stage Stage, BoardFilter Filter, PageRequest Page) : IRequest<Page<DealView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            this.AddPage(query => query.Page);
            this.AddFilter(query => query.Filter.Search, query => query.Filter.Source);
        }
    }

    internal sealed class Handler(CrmDbContext db, RequestContext requestContext, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Query, Page<DealView>>
    {
        public async Task<Result<Page<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var (connection, catalog) = (db.Connection, await facts.Load(ct));
            var built = await BoardPredicate.Build(connection, requestContext.Actor, catalog, time.GetUtcNow(), request.Filter, ct);
            if (built.Problem is { } problem)
            {
                return problem;
            }

            var wanted = built.Value!;
            Cursor.TryRead(request.Page.After, out var after);
            var batch = new SqlBatch(connection);
            var cards = BoardCards.AddTo(batch, requestContext.Actor, catalog, wanted, [request.Stage], request.Page.Limit + 1, after);
            await batch.Run(ct);
            return BoardCards.Page(cards[request.Stage], request.Page.Limit);
        }
    }
}
