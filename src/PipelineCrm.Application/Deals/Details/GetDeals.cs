using FluentValidation;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>The deals of a list of ids as they are shown everywhere, in the order of the ids: for slices that know which ones; those that
/// the reader does not see are left out.</summary>
public static class GetDeals
{
    public sealed record Query(IReadOnlyList<DealId> Ids) : IRequest<IReadOnlyList<DealView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(x => x.Ids).Must(ids => ids.Count <= PageRequest.MaxLimit);
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts) : IHandler<Query, IReadOnlyList<DealView>>
    {
        public async Task<Result<IReadOnlyList<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var (catalog, deals) = (await facts.Load(ct), new List<DealView>());
            await new SqlBatch(db.Connection).Query(
                $"""
                select {DealViewSql.Columns(catalog)}
                from unnest($1) with ordinality as asked(id, place) join ({DealViewSql.From}) on d.id = asked.id
                where not d.void and ($2 is null or d.owner_id = any($2))
                order by asked.place
                """,
                row => deals.Add(DealViewSql.Read(row, actors.Current, catalog)),
                request.Ids.Select(id => id.Value).ToArray(),
                SqlBatch.OrNull(actors.Current.Sees.Ids)).Run(ct);
            return deals;
        }
    }
}
