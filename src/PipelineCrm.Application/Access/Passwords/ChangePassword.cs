using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Changes one's own password; every other session of the same user ends, and their API tokens and passkeys with it.</summary>
public static class ChangePassword
{
    public sealed record Command(string Current, string New) : IRequest<UserId>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ActorLoader actors, AttemptThrottle throttle,
        PasswordHashingLimiter limiter, CredentialRevocation ways, SecurityLog log)
        : IHandler<Command, UserId>
    {
        public async Task<Result<UserId>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (PasswordPolicy.Violation(request.New, user.Email, user.DisplayName) is { } mistake)
            {
                return ValidationProblem.ForField("new", mistake);
            }

            var key = $"password {me}";
            if (throttle.Enter((key, AttemptThrottle.Pair)) is { } wait)
            {
                log.Slowed("change of password", actors.Current, wait);
                return AttemptThrottle.TooMany(wait);
            }

            var changed = await limiter.Do(() => Change(user, request, ct), ct);
            if (changed.Ok)
            {
                throttle.TakeBack(key);
            }

            return changed;
        }

        private async Task<Result<UserId>> Change(User user, Command request, CancellationToken ct)
        {
            if (!await users.CheckPasswordAsync(user, request.Current))
            {
                return ValidationProblem.ForField("current", AccessMessages.PasswordWrong);
            }

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await users.ChangePasswordAsync(user, request.Current, request.New) is { Succeeded: false })
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict);
            }

            await ways.Close(user, keep: actors.Current.Session, ct);
            await transaction.CommitAsync(ct);
            log.Changed("password", user.Id, actors.Current);
            return user.Id;
        }
    }
}
