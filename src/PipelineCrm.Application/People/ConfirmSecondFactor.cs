using Microsoft.AspNetCore.Identity;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>From now on one's sign-in asks for a code; every other session ends, for it was begun without one.</summary>
public static class ConfirmSecondFactor
{
    public sealed record Command(string Code) : IRequest<Answer>
    {
        public static Access Access => Access.SignedIn;
    }

    /// <param name="RecoveryCodes">Shown once; each is good once, instead of a code.</param>
    public sealed record Answer(IReadOnlyList<string> RecoveryCodes) : ISecret;

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ActorSource actors, SecondFactors factors, WaysIn ways, SecurityLog log) : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            if (user.TwoFactorEnabled)
            {
                return new Problem(ProblemCode.Conflict, PeopleProblemText.SecondFactorOn);
            }

            if (await factors.Refuse(user, request.Code) is { } refused)
            {
                return refused;
            }

            await using var transaction = await db.Begin(ct);
            await users.SetTwoFactorEnabledAsync(user, true);
            var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, SecondFactors.RecoveryCodes);
            await ways.CloseSessions(user, actors.Current.Session, ct);
            await transaction.CommitAsync(ct);
            log.Changed("second factor on", user.Id, actors.Current);
            return new Answer([.. codes ?? []]);
        }
    }
}
