using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>Deals as they are shown everywhere, in the order of their ids here: for slices that know which ones. Those that the reader does not see are left out.</summary>
public static class ShowDeals
{
    public sealed record Query(IReadOnlyList<DealId> Ids) : IRequest<IReadOnlyList<DealView>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, IReadOnlyList<DealView>>
    {
        public async Task<Result<IReadOnlyList<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var deals = new List<DealView>();
            await new Reads(db.Connection).Add(
                $"""
                select {DealRow.Columns}
                from unnest($1) with ordinality as asked(id, place) join ({DealRow.From}) on d.id = asked.id
                where not d.void and ($2 is null or d.owner_id = any($2))
                order by asked.place
                """,
                row => deals.Add(DealRow.Read(row, actors.Current)),
                request.Ids.Select(id => id.Value).ToArray(),
                Reads.Or(actors.Current.Sees.Ids)).Run(ct);
            return Result<IReadOnlyList<DealView>>.Of(deals);
        }
    }
}
