using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>The next page of one column (CONTRACT.md, GET board/{stage}).</summary>
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
            RuleFor(query => query.Page.Limit).InclusiveBetween(1, PageRequest.MaxLimit).OverridePropertyName("limit");
            RuleFor(query => query.Page.After).Must(after => after is null || BoardCards.Key.Parse(after) is not null)
                .OverridePropertyName("after").WithMessage(_ => ProblemText.BadPageKey);
        }
    }

    internal sealed class Handler(CrmDbContext db, Occasion occasion) : IHandler<Query, Page<DealView>>
    {
        public async Task<Result<Page<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            var wanted = await BoardPredicate.Build(connection, occasion.Actor, request.Filter, ct);
            var after = request.Page.After is { } text ? BoardCards.Key.Parse(text) : null;
            var cards = await BoardCards.Read(connection, occasion.Actor, wanted, [request.Stage], request.Page.Limit + 1, after, ct);
            var (items, next) = BoardCards.Page(cards[request.Stage], request.Page.Limit);
            return new Page<DealView>(items, next);
        }
    }
}
