using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.People;

/// <summary>Ends sign-ins of one's own: from the next request on, wherever it is sent, they are nobody's. One that is gone already is no mistake.</summary>
public static class EndSession
{
    /// <param name="Id">Null: every one but the caller's own.</param>
    public sealed record Command(SessionId? Id) : IRequest<Done>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors, SecurityLog log) : IHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken ct)
        {
            var (me, current) = (actors.Current.Id, actors.Current.Session);
            var mine = db.Sessions.Where(session => session.UserId == me);
            await (request.Id is { } id ? mine.Where(session => session.Id == id) : mine.Where(session => session.Id != current)).ExecuteDeleteAsync(ct);
            log.SessionsEnded(actors.Current, request.Id is null ? "all others" : request.Id == current ? "signed out" : "revoked");
            return Done.It;
        }
    }
}
