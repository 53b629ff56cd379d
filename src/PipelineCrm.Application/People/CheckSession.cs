using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Whether an open page's sign-in still holds: the user is enabled and the security stamp is the one it began with.</summary>
public static class CheckSession
{
    public sealed record Query(string Stamp) : IRequest<Done>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, Done>
    {
        public async Task<Result<Done>> Handle(Query request, CancellationToken ct)
        {
            var me = actors.Current.Id;
            return await db.Users.AnyAsync(u => u.Id == me && u.SecurityStamp == request.Stamp, ct)
                ? Done.It
                : new Problem(ProblemCode.Unauthenticated, ProblemText.Unauthenticated);
        }
    }
}
