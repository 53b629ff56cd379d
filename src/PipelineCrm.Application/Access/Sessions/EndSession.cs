using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Access;

/// <summary>Ends sign-ins of one's own: from the next request on, wherever it is sent, they are nobody's. One that is gone already is no
/// mistake.</summary>
public static class EndSession
{
    /// <param name="Id">Null: every one but the caller's own.</param>
    public sealed record Command(SessionId? Id) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, SecurityLog log) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            var (me, current) = (actors.Current.Id, actors.Current.Session);
            var mine = db.Sessions.Where(session => session.UserId == me);
            await (request.Id is { } id ? mine.Where(session => session.Id == id)
                : mine.Where(session => session.Id != current)).ExecuteDeleteAsync(ct);
            log.SessionsEnded(actors.Current, request.Id is null ? "all others" : request.Id == current ? "signed out" : "revoked");
            return Unit.Value;
        }
    }
}
