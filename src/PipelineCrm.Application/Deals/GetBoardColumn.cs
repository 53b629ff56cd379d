using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Deals;

/// <summary>The next page of one column (docs/api.md, GET board/{stage}).</summary>
public static class GetBoardColumn
{
    public sealed record Query(Stage Stage, BoardFilter Filter, PageRequest Page) : IRequest<Page<DealView>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            this.AddPage(query => query.Page);
            this.AddFilter(query => query.Filter.Search, query => query.Filter.Source);
        }
    }

    internal sealed class Handler(CrmDbContext db, Occasion occasion, FactsInUse facts, TimeProvider time) : IHandler<Query, Page<DealView>>
    {
        public async Task<Result<Page<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var (connection, catalog) = (db.Connection, await facts.Load(ct));
            var built = await BoardPredicate.Build(connection, occasion.Actor, catalog, time.GetUtcNow(), request.Filter, ct);
            if (built.Problem is { } problem)
            {
                return problem;
            }

            var wanted = built.Value!;
            Cursor.TryRead(request.Page.After, out var after);
            var reads = new Reads(connection);
            var cards = BoardCards.AddTo(reads, occasion.Actor, catalog, wanted, [request.Stage], request.Page.Limit + 1, after);
            await reads.Run(ct);
            return BoardCards.Page(cards[request.Stage], request.Page.Limit);
        }
    }
}
