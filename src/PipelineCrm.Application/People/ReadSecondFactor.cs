using Microsoft.AspNetCore.Identity;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Whether one's own sign-in asks for a second factor.</summary>
public static class ReadSecondFactor
{
    public sealed record Query : IRequest<Answer>
    {
        public static Access Access => Access.SignedIn;
    }

    /// <param name="RecoveryCodes">How many are left.</param>
    public sealed record Answer(bool On, int RecoveryCodes);

    internal sealed class Handler(UserManager<User> users, ActorSource actors) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct) =>
            actors.Current.Id is { } me && await users.FindByIdAsync(me.ToString()) is { } user
                ? new Answer(user.TwoFactorEnabled, await users.CountRecoveryCodesAsync(user))
                : new Problem(ProblemCode.NotFound, ProblemText.NotFound);
    }
}
