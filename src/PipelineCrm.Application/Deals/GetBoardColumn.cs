using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

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

    internal sealed class Handler(CrmDbContext db, Occasion occasion) : IHandler<Query, Page<DealView>>
    {
        public async Task<Result<Page<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var connection = db.Connection;
            var wanted = await BoardPredicate.Build(connection, occasion.Actor, request.Filter, ct);
            Cursor.TryRead(request.Page.After, out var after);
            var reads = new Reads(connection);
            var cards = BoardCards.AddTo(reads, occasion.Actor, wanted, [request.Stage], request.Page.Limit + 1, after);
            await reads.Run(ct);
            return BoardCards.Page(cards[request.Stage], request.Page.Limit);
        }
    }
}
