using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Sets the password by a link, which is used up by it; every other session of that user ends.</summary>
public static class SetPassword
{
    public sealed record Command(UserId User, LinkPurpose Purpose, string Secret, string Password) : IRequest<UserId>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, SignInLinkIssuer links) : IHandler<Command, UserId>
    {
        public async Task<Result<UserId>> Handle(Command request, CancellationToken ct)
        {
            if (await users.FindByIdAsync(request.User.ToString()) is not { DisabledAt: null } user || !await links.IsValid(user, request.Purpose, request.Secret))
            {
                return Used;
            }

            if (PasswordPolicy.Violation(request.Password, user.Email, user.DisplayName) is { } mistake)
            {
                return ValidationProblem.ForField("password", mistake);
            }

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            user.PasswordHash = null;
            user.EmailConfirmed = true;
            user.Invited = true;
            user.LockoutEnd = null;
            user.AccessFailedCount = 0;
            if (await users.AddPasswordAsync(user, request.Password) is { Succeeded: false })
            {
                return Used;
            }

            await transaction.CommitAsync(ct);
            return user.Id;
        }

        private static Problem Used => new(ProblemCode.NotFound, AccessMessages.LinkInvalid);
    }
}
