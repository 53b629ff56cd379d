using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>For somebody who lost their authenticator and its recovery codes: the password alone lets them in again. Their sessions
/// end.</summary>
public static class ResetSecondFactor
{
    public sealed record Command(UserId Id) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ActorLoader actors, CredentialRevocation ways, SecurityLog log)
        : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            if (await users.FindByIdAsync(request.Id.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await ways.WithoutSecondFactor(user, keep: null, ct);
            await transaction.CommitAsync(ct);
            log.Changed("second factor off", user.Id, actors.Current);
            return Unit.Value;
        }
    }
}
