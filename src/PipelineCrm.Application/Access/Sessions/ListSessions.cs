using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>One's own sign-ins that hold, this one first, then those used last.</summary>
public static class ListSessions
{
    public sealed record Query : IRequest<IReadOnlyList<SessionRow>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, TimeProvider time) : IHandler<Query, IReadOnlyList<SessionRow>>
    {
        public async Task<Result<IReadOnlyList<SessionRow>>> Handle(Query request, CancellationToken ct)
        {
            var (me, current, over) = (actors.Current.Id, actors.Current.Session, time.GetUtcNow() - UserSession.Unused);
            var sessions = await db.Sessions
                .Where(session => session.UserId == me && session.SeenAt > over
                    && db.Users.Any(user => user.Id == me && user.SecurityStamp == session.Stamp))
                .OrderByDescending(session => session.Id == current).ThenByDescending(session => session.SeenAt)
                .Select(session => new SessionRow(session.Id, session.Id == current, session.Browser, session.System, session.CreatedAt,
                    session.SeenAt))
                .ToListAsync(ct);
            return Result<IReadOnlyList<SessionRow>>.Of(sessions);
        }
    }
}

/// <param name="Current">Whether it is the one that asks.</param>
/// <param name="Browser">Empty where it did not say.</param>
/// <param name="SeenAt">When it was used last, to the minute.</param>
public sealed record SessionRow(SessionId Id, bool Current, string Browser, string System, DateTimeOffset SignedInAt,
    DateTimeOffset SeenAt);
