using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>From now on one's sign-in asks for a code; every other session ends, for it was begun without one.</summary>
public static class ConfirmSecondFactor
{
    public sealed record Command(string Code) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="RecoveryCodes">Shown once; each is good once, instead of a code.</param>
    public sealed record Answer(IReadOnlyList<string> RecoveryCodes) : ISecretResponse;

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ActorLoader actors, SecondFactorVerifier factors,
        CredentialRevocation ways, SecurityLog log) : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (user.TwoFactorEnabled)
            {
                return new Problem(ProblemCode.Conflict, AccessMessages.SecondFactorOn);
            }

            if (await factors.Refuse(user, request.Code) is { } refused)
            {
                return refused;
            }

            await using var transaction = await db.Begin(ct);
            await users.SetTwoFactorEnabledAsync(user, true);
            var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, SecondFactorVerifier.RecoveryCodes);
            await ways.CloseSessions(user, actors.Current.Session, ct);
            await transaction.CommitAsync(ct);
            log.Changed("second factor on", user.Id, actors.Current);
            return new Answer([.. codes ?? []]);
        }
    }
}
