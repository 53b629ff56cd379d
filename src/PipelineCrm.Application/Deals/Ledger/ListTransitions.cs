using System.Globalization;
using FluentValidation;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>A deal's transitions, oldest first.</summary>
public static class ListTransitions
{
    public sealed record Query(DealId Id, PageRequest Page) : IRequest<Page<TransitionView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() =>
            this.AddPage(x => x.Page, after => int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Page<TransitionView>>
    {
        private const string Sql = TransitionViewSql.Sql + " and t.seq > $3 order by t.seq limit $6";

        public async Task<Result<Page<TransitionView>>> Handle(Query request, CancellationToken ct)
        {
            var (actor, page, seen, rows) = (actors.Current, request.Page, false, new List<TransitionView>());
            await new SqlBatch(db.Connection)
                .QueryVisible(request.Id, actor, () => seen = true)
                .Query(
                    Sql,
                    row => rows.Add(TransitionViewSql.Read(row, actor)),
                    request.Id.Value,
                    SqlBatch.OrNull(actor.Sees.Ids),
                    page.After is { } after ? int.Parse(after, CultureInfo.InvariantCulture) : 0,
                    SqlBatch.OrNull(actor.Id?.Value),
                    actor.UndoesAll(),
                    page.Limit + 1)
                .Run(ct);
            return seen ? Paging.ToPage(rows, page.Limit, row => row.Seq.ToString(CultureInfo.InvariantCulture))
                : new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
        }
    }
}
