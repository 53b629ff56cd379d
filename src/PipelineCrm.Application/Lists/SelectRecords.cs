using FluentValidation;
using PipelineCrm.Deals;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lists;

/// <summary>The records of a whole list, as many as may be changed at a time, with the versions that they have now.</summary>
public static class SelectRecords
{
    public const int Most = SelectColumn.Most;

    public sealed record Query(ListQuestion Question) : IRequest<Selection>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddQuestion(x => x.Question);
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Query, Selection>
    {
        public async Task<Result<Selection>> Handle(Query request, CancellationToken ct)
        {
            var built = ListScope.Build(request.Question, await facts.Load(ct), actors.Current, time.GetUtcNow());
            if (!built.Ok)
            {
                return built.Problem;
            }

            var (scope, rows) = (built.Value, new List<ListRow>());
            var reader = new RowReader(scope, []);
            await new SqlBatch(db.Connection).QueryNamed(
                scope.Page(reader.Columns, after: null),
                values =>
                {
                    scope.AddTo(values);
                    values.AddWithValue("limit", Most + 1);
                },
                row => rows.Add(reader.Read(row))).Run(ct);
            return new Selection([.. rows.Take(Most)], rows.Count > Most);
        }
    }
}

/// <param name="More">Whether the list has more than may be changed at a time.</param>
public sealed record Selection(IReadOnlyList<ListRow> Rows, bool More);
