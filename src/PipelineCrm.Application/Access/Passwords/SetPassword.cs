using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Sets the password by a link, which is used up by it; every session of that user ends, and where there was a password before,
/// their API tokens and passkeys.</summary>
public static class SetPassword
{
    public sealed record Command(UserId User, LinkPurpose Purpose, string Secret, string Password) : IRequest<UserId>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, SignInLinkIssuer links, ActorLoader actors,
        PasswordHashingLimiter limiter, CredentialRevocation ways, SecurityLog log)
        : IHandler<Command, UserId>
    {
        public async Task<Result<UserId>> Handle(Command request, CancellationToken ct)
        {
            if (await users.FindByIdAsync(request.User.ToString()) is not { DisabledAt: null } user
                || !await links.IsValid(user, request.Purpose, request.Secret))
            {
                return Used;
            }

            if (PasswordPolicy.Violation(request.Password, user.Email, user.DisplayName) is { } mistake)
            {
                return ValidationProblem.ForField("password", mistake);
            }

            return await limiter.Do(() => Set(user, request.Password, ct), ct);
        }

        private async Task<Result<UserId>> Set(User user, string password, CancellationToken ct)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var first = user.PasswordHash is null;
            user.PasswordHash = null;
            user.EmailConfirmed = true;
            user.Invited = true;
            if (await users.AddPasswordAsync(user, password) is { Succeeded: false })
            {
                return Used;
            }

            if (!first)
            {
                await ways.Close(user, keep: null, ct);
            }

            await transaction.CommitAsync(ct);
            log.Changed("password by link", user.Id, actors.Current);
            return user.Id;
        }

        private static Problem Used => new(ProblemCode.NotFound, AccessMessages.LinkInvalid);
    }
}
