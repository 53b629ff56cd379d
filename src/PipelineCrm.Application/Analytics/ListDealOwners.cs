using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.Analytics;

/// <summary>Whose deals the viewer may see, by name: what a report can be narrowed to.</summary>
public static class ListDealOwners
{
    public sealed record Query : IRequest<IReadOnlyList<DealOwner>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, IReadOnlyList<DealOwner>>
    {
        public async Task<Result<IReadOnlyList<DealOwner>>> Handle(Query request, CancellationToken ct)
        {
            var sees = actors.Current.Sees.Ids?.Select(UserId.From).ToArray();
            var owners = await db.Users.AsNoTracking()
                .Where(u => sees == null || sees.Contains(u.Id))
                .Where(u => db.Deals.Any(d => d.OwnerId == u.Id && !d.Void))
                .OrderBy(u => u.DisplayName).ThenBy(u => u.Id)
                .Select(u => new DealOwner(u.Id, u.DisplayName))
                .ToListAsync(ct);
            return owners;
        }
    }
}

public sealed record DealOwner(UserId Id, string Name);
