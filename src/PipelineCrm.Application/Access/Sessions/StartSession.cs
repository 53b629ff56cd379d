using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>
/// Lets a browser in as somebody who has just proved who they are. Sent by the sign-in pages on the server's own behalf: nobody who
/// comes from outside has the access.
/// </summary>
public static class StartSession
{
    /// <param name="Browser">As people call it; shown in the list of sign-ins.</param>
    /// <param name="InsteadOf">The sign-in that the same browser had until now; it ends.</param>
    /// <param name="Remember">For the ticket of somebody whose second factor is asked for first.</param>
    /// <param name="SecondFactor">Whether that was proved, too.</param>
    /// <param name="Way">How they proved it, for the log.</param>
    public sealed record Command(UserId User, string Browser, string System, string Way, SessionId? InsteadOf = null, bool Remember = false,
        bool SecondFactor = false)
        : IRequest<SessionView>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, SecondFactorVerifier factors, TimeProvider time, SecurityLog log)
        : IHandler<Command, SessionView>
    {
        public async Task<Result<SessionView>> Handle(Command request, CancellationToken ct)
        {
            if (await db.Users.FirstOrDefaultAsync(user => user.Id == request.User, ct) is not { DisabledAt: null } user)
            {
                return new Problem(ProblemCode.Unauthenticated, ProblemMessages.Unauthenticated);
            }

            if (user.TwoFactorEnabled && !request.SecondFactor)
            {
                return new Problem(ProblemCode.SecondFactor, AccessMessages.SecondFactorNeeded)
                {
                    Detail = factors.Ticket(user, request.Way, request.Remember),
                };
            }

            var now = time.GetUtcNow();
            var over = now - UserSession.Unused;
            await db.Sessions.Where(session => session.Id == request.InsteadOf || session.SeenAt < over).ExecuteDeleteAsync(ct);
            var session = new UserSession
            {
                Id = SessionId.New(),
                UserId = user.Id,
                Stamp = user.SecurityStamp ?? "",
                Browser = Cut(request.Browser),
                System = Cut(request.System),
                CreatedAt = now,
                SeenAt = now,
            };
            db.Sessions.Add(session);
            user.LastSignedInAt = now;
            await db.SaveChangesAsync(ct);
            log.SignedIn(user.Id, actors.Current, request.Way);
            return new SessionView(session.Id, user.Id, user.DisplayName, user.Role, user.Language, user.Theme, user.TimeZone);
        }

        private static string Cut(string name) => name.Length <= UserSession.NameLength ? name : name[..UserSession.NameLength];
    }
}
