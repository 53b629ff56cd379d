using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Whoever changes how they sign in shows by their password that it is oneself who asks, not somebody at an open page.</summary>
internal sealed class OwnPasswordVerifier(UserManager<User> users, ActorLoader actors, AttemptThrottle throttle,
    PasswordHashingLimiter limiter, SecurityLog log)
{
    /// <summary>Null where the password is right.</summary>
    /// <param name="what">What it is asked for, for the log.</param>
    public async Task<Problem?> Refuse(User user, string password, string what, CancellationToken ct)
    {
        var key = $"password {user.Id}";
        if (throttle.Enter((key, AttemptThrottle.Pair)) is { } wait)
        {
            log.Slowed(what, actors.Current, wait);
            return AttemptThrottle.TooMany(wait);
        }

        var proved = await limiter.Do(async () => Result<bool>.Of(await users.CheckPasswordAsync(user, password)), ct);
        if (proved is not { Ok: true, Value: true })
        {
            return proved.Problem ?? ValidationProblem.ForField("password", AccessMessages.PasswordWrong);
        }

        throttle.TakeBack(key);
        return null;
    }
}
