using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>One's sign-in asks for no code any more; the password shows that it is oneself who asks.</summary>
public static class EndSecondFactor
{
    public sealed record Command(string Password) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(
        CrmDbContext db, UserManager<User> users, ActorLoader actors, AttemptThrottle throttle, PasswordHashingLimiter limiter,
        CredentialRevocation ways, SecurityLog log) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var key = $"password {me}";
            if (throttle.Enter((key, AttemptThrottle.Pair)) is { } wait)
            {
                log.Slowed("second factor", actors.Current, wait);
                return AttemptThrottle.TooMany(wait);
            }

            var proved = await limiter.Do(async () => Result<bool>.Of(await users.CheckPasswordAsync(user, request.Password)), ct);
            if (proved is not { Ok: true, Value: true })
            {
                return proved.Problem ?? ValidationProblem.ForField("password", AccessMessages.PasswordWrong);
            }

            throttle.TakeBack(key);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await ways.WithoutSecondFactor(user, actors.Current.Session, ct);
            await transaction.CommitAsync(ct);
            log.Changed("second factor off", user.Id, actors.Current);
            return Unit.Value;
        }
    }
}
