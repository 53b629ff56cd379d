using Microsoft.AspNetCore.Identity;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Sets the password by a link, which is used up by it; every other session of that user ends.</summary>
public static class SetPassword
{
    public sealed record Command(UserId User, LinkPurpose Purpose, string Secret, string Password) : IRequest<UserId>
    {
        public static Access Access => Access.Anyone;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, SignInLinks links) : IHandler<Command, UserId>
    {
        public async Task<Result<UserId>> Handle(Command request, CancellationToken ct)
        {
            if (await users.FindByIdAsync(request.User.ToString()) is not { DisabledAt: null } user || !await links.Opens(user, request.Purpose, request.Secret))
            {
                return Used;
            }

            if (PasswordRule.Mistake(request.Password, user.Email, user.DisplayName) is { } mistake)
            {
                return Invalid.Field("password", mistake);
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

        private static Problem Used => new(ProblemCode.NotFound, PeopleProblemText.LinkInvalid);
    }
}
