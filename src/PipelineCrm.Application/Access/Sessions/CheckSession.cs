using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Access;

/// <summary>Whether an open page's sign-in still holds: the user is enabled and the security stamp is the one it began with.</summary>
public static class CheckSession
{
    public sealed record Query(string Stamp) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Unit>
    {
        public async Task<Result<Unit>> Handle(Query request, CancellationToken ct)
        {
            var me = actors.Current.Id;
            return await db.Users.AnyAsync(u => u.Id == me && u.SecurityStamp == request.Stamp, ct)
                ? Unit.Value
                : new Problem(ProblemCode.Unauthenticated, ProblemMessages.Unauthenticated);
        }
    }
}
