using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>All deals of one column of a board that the reader may change, loaded or not: what is chosen for a change of many.</summary>
public static class SelectColumn
{
    /// <summary>So many at a time are changed at most.</summary>
    public const int Most = 1000;

    public sealed record Query(Stage Stage, BoardFilter Filter) : IRequest<ColumnSelection>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddFilter(query => query.Filter.Search, query => query.Filter.Source);
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Query, ColumnSelection>
    {
        public async Task<Result<ColumnSelection>> Handle(Query request, CancellationToken ct)
        {
            var actor = actors.Current;
            var built = await BoardPredicate.Build(db.Connection, actor, await facts.Load(ct), time.GetUtcNow(), request.Filter, ct);
            if (built.Problem is { } problem)
            {
                return problem;
            }

            var (wanted, deals) = (built.Value!, new List<SelectedDeal>());
            await new SqlBatch(db.Connection).QueryNamed(
                $"""
                select d.id, d.version from deals d
                where d.stage = @stage and d.outcome = 0 and not d.void and d.archived_at is null and {wanted.Sql}
                  and (@movers::uuid[] is null or d.owner_id = any(@movers))
                order by d.rank, d.id limit @limit
                """,
                values =>
                {
                    wanted.AddTo(values);
                    values.AddWithValue("stage", (short)request.Stage);
                    values.AddWithValue("movers", (object?)actor.Moves.Ids ?? DBNull.Value);
                    values.AddWithValue("limit", Most + 1);
                },
                row => deals.Add(new SelectedDeal(new DealId(row.GetGuid(0)), row.GetInt64(1)))).Run(ct);
            return new ColumnSelection([.. deals.Take(Most)], deals.Count > Most);
        }
    }
}

/// <param name="More">Whether the column has more than may be changed at a time.</param>
public sealed record ColumnSelection(IReadOnlyList<SelectedDeal> Deals, bool More);

/// <summary>A deal under the version that the reader was shown.</summary>
public sealed record SelectedDeal(DealId Id, long Version);
