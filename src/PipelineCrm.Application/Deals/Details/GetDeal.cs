using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

public static class GetDeal
{
    public sealed record Query(DealId Id) : IRequest<DealView>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts) : IHandler<Query, DealView>
    {
        public async Task<Result<DealView>> Handle(Query request, CancellationToken ct)
        {
            var catalog = await facts.Load(ct);
            DealView? found = null;
            await new SqlBatch(db.Connection).Query(
                $"""
                select {DealViewSql.Columns(catalog)} from {DealViewSql.From}
                where {DealOwnership.DealIsVisible}
                """,
                row => found = DealViewSql.Read(row, actors.Current, catalog),
                request.Id.Value,
                SqlBatch.OrNull(actors.Current.Sees.Ids)).Run(ct);
            return found is null ? new Problem(ProblemCode.NotFound, ProblemMessages.NotFound) : found;
        }
    }
}
