using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Access;

/// <summary>
/// Whether a browser's sign-in still holds, and what it may greet its user with. The door has asked the first already: a caller whose
/// session was ended is nobody.
/// </summary>
public static class CheckSession
{
    public sealed record Query : IRequest<SessionView>, IPriorityRequest
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, TimeProvider time) : IHandler<Query, SessionView>
    {
        private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

        public async Task<Result<SessionView>> Handle(Query request, CancellationToken ct)
        {
            var (me, id) = (actors.Current.Id, actors.Current.Session);
            var found = await db.Sessions.Where(session => session.Id == id && session.UserId == me)
                .Join(db.Users, session => session.UserId, user => user.Id, (session, user) => new
                {
                    View = new SessionView(session.Id, user.Id, user.DisplayName, user.Role, user.Language, user.Theme, user.TimeZone),
                    session.SeenAt,
                })
                .FirstOrDefaultAsync(ct);
            if (found is null)
            {
                return new Problem(ProblemCode.Unauthenticated, ProblemMessages.Unauthenticated);
            }

            var now = time.GetUtcNow();
            if (now - found.SeenAt >= UseIsNotedEvery)
            {
                await db.Sessions.Where(session => session.Id == id)
                    .ExecuteUpdateAsync(session => session.SetProperty(s => s.SeenAt, now), ct);
            }

            return found.View;
        }
    }
}

/// <summary>What a signed-in principal carries: enough to greet and to show or hide, never to decide.</summary>
/// <param name="TimeZone">Null where the organisation's is used.</param>
public sealed record SessionView(SessionId Id, UserId User, string DisplayName, Role Role, string Language, string Theme, string? TimeZone);
