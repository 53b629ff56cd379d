using FluentValidation;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lists;

/// <summary>Deals or customers by any of their facts: with these columns, in this order, a page at a time from the place where the last
/// one ended.</summary>
public static class ListRecords
{
    /// <param name="Columns">Keys of facts, comma-separated.</param>
    public sealed record Query(ListQuestion Question, string? Columns, PageRequest Page) : IRequest<Page<ListRow>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            this.AddQuestion(x => x.Question);
            this.AddPage(x => x.Page, _ => true);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Query, Page<ListRow>>
    {
        public async Task<Result<Page<ListRow>>> Handle(Query request, CancellationToken ct)
        {
            var catalog = await facts.Load(ct);
            var built = ListScope.Build(request.Question, catalog, actors.Current, time.GetUtcNow());
            var columns = ColumnList.Parse(request.Columns, catalog, request.Question.Subject);
            if ((built.Problem ?? columns.Problem) is { } problem)
            {
                return problem;
            }

            var after = request.Page.After is { } place ? built.Value!.Following(place) : null;
            return request.Page.After is not null && after is null
                ? ValidationProblem.ForField("after", FieldMessages.Cursor)
                : await Read(built.Value!, new RowReader(built.Value!, columns.Value!), request.Page.Limit, after, ct);
        }

        private async Task<Page<ListRow>> Read(ListScope scope, RowReader reader, int limit, FactSort.KeysetPredicate? after,
            CancellationToken ct)
        {
            var rows = new List<(ListRow Row, string Place)>();
            await new SqlBatch(db.Connection).QueryNamed(
                scope.Page(reader.Columns, after),
                values =>
                {
                    scope.AddTo(values);
                    after?.AddTo(values);
                    values.AddWithValue("limit", limit + 1);
                },
                row =>
                {
                    var read = reader.Read(row);
                    rows.Add((read, scope.Place(row, reader.Width, read.Id)));
                }).Run(ct);
            var cut = Paging.ToPage(rows, limit, one => one.Place);
            return new Page<ListRow>([.. cut.Items.Select(one => one.Row)], cut.Next);
        }
    }
}
