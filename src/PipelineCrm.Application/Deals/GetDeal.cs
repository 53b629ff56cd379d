using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

public static class GetDeal
{
    public sealed record Query(DealId Id) : IRequest<DealView>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors, FactsInUse facts) : IHandler<Query, DealView>
    {
        public async Task<Result<DealView>> Handle(Query request, CancellationToken ct)
        {
            var catalog = await facts.Load(ct);
            DealView? found = null;
            await new Reads(db.Connection).Add(
                $"""
                select {DealRow.Columns(catalog)} from {DealRow.From}
                where {Ownership.DealIsSeen}
                """,
                row => found = DealRow.Read(row, actors.Current, catalog),
                request.Id.Value,
                Reads.Or(actors.Current.Sees.Ids)).Run(ct);
            return found is null ? new Problem(ProblemCode.NotFound, ProblemText.NotFound) : found;
        }
    }
}
