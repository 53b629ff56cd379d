using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>Keeps the passkey that an authenticator made: from now on one signs in by it, too.</summary>
public static class AddPasskey
{
    /// <param name="Ticket">Of <see cref="BeginPasskey"/>.</param>
    /// <param name="Credential">The authenticator's answer, as the browser's script has it.</param>
    public sealed record Command(string Ticket, string Credential) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ActorLoader actors, PasskeyVerifier verifier, SecurityLog log)
        : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (await verifier.Added(user, request.Ticket, request.Credential) is not { } passkey)
            {
                return new Problem(ProblemCode.Conflict, AccessMessages.PasskeyNotAdded);
            }

            await using var transaction = await db.Begin(ct);
            if (await users.AddOrUpdatePasskeyAsync(user, passkey) is { Succeeded: false })
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict);
            }

            await transaction.CommitAsync(ct);
            log.Changed("passkey added", me, actors.Current);
            return Unit.Value;
        }
    }
}
