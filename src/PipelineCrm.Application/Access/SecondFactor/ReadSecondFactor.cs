using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Whether one's own sign-in asks for a second factor.</summary>
public static class ReadSecondFactor
{
    public sealed record Query : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="RecoveryCodes">How many are left.</param>
    public sealed record Answer(bool On, int RecoveryCodes);

    internal sealed class Handler(UserManager<User> users, ActorLoader actors) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct) =>
            actors.Current.Id is { } me && await users.FindByIdAsync(me.ToString()) is { } user
                ? new Answer(user.TwoFactorEnabled, await users.CountRecoveryCodesAsync(user))
                : new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
    }
}
