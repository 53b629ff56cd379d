using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Access;

/// <summary>Nobody signs in by this passkey of one's own any more; who is in stays in.</summary>
public static class RemovePasskey
{
    public sealed record Command(string Id) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, SecurityLog log) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            var (id, me) = (Base64Url.IsValid(request.Id) ? Base64Url.DecodeFromChars(request.Id) : [], actors.Current.Id);
            if (me is not { } user
                || await db.UserPasskeys.Where(one => one.CredentialId == id && one.UserId == me).ExecuteDeleteAsync(ct) == 0)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            log.Changed("passkey removed", user, actors.Current);
            return Unit.Value;
        }
    }
}
