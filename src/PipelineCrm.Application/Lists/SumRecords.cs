using FluentValidation;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lists;

/// <summary>How many records a whole list has, and of deals the sum in each currency: asked by itself, since it looks at all rows and a
/// page at a few.</summary>
public static class SumRecords
{
    public sealed record Query(ListQuestion Question) : IRequest<ListFigures>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddQuestion(x => x.Question);
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Query, ListFigures>
    {
        public async Task<Result<ListFigures>> Handle(Query request, CancellationToken ct)
        {
            var built = ListScope.Build(request.Question, await facts.Load(ct), actors.Current, time.GetUtcNow());
            if (!built.Ok)
            {
                return built.Problem;
            }

            var (scope, count, without, sums) = (built.Value, 0L, 0L, new List<Money>());
            var sql = scope.IsOfDeals
                ? $"select d.currency, count(*), count(d.amount), sum(d.amount) from {scope.BareFrom} where {scope.Where} group by d.currency order by d.currency"
                : $"select null::text, count(*), count(*), null::numeric from {scope.BareFrom} where {scope.Where}";
            await new SqlBatch(db.Connection).QueryNamed(
                sql,
                scope.AddTo,
                row =>
                {
                    count += row.GetInt64(1);
                    without += row.GetInt64(1) - row.GetInt64(2);
                    if (row.GetTextOrNull(0) is { } currency && row.GetOrNull<decimal>(3) is { } sum)
                    {
                        sums.Add(new Money(sum, currency));
                    }
                }).Run(ct);
            return new ListFigures(count, sums, without);
        }
    }
}

/// <param name="Sums">One a currency, never added up.</param>
/// <param name="WithoutAmount">How many deals have no amount, so are in no sum.</param>
public sealed record ListFigures(long Count, IReadOnlyList<Money> Sums, long WithoutAmount);
