using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Changes one's own password; every other session of the same user ends.</summary>
public static class ChangePassword
{
    public sealed record Command(string Current, string New) : IRequest<UserId>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(UserManager<User> users, ActorLoader actors) : IHandler<Command, UserId>
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

            return await users.IsLockedOutAsync(user) || !await IsCurrent(user, request.Current)
                ? ValidationProblem.ForField("current", AccessMessages.PasswordWrong)
                : await Change(user, request);
        }

        /// <summary>Wrong guesses count here as they do at sign-in.</summary>
        private async Task<bool> IsCurrent(User user, string password)
        {
            var right = await users.CheckPasswordAsync(user, password);
            if (!right)
            {
                await users.AccessFailedAsync(user);
            }

            return right;
        }

        private async Task<Result<UserId>> Change(User user, Command request) =>
            await users.ChangePasswordAsync(user, request.Current, request.New) is { Succeeded: true }
                ? user.Id
                : new Problem(ProblemCode.Conflict, ProblemMessages.Conflict);
    }
}
