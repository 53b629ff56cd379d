using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>Makes a user who has no password yet, and the link by which they set one.</summary>
public static class InviteUser
{
    public sealed record Command(string Email, string DisplayName, Role Role, TeamId? Team = null, string Language = "en")
        : IRequest<SignInLink>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Email).Email();
            RuleFor(x => x.DisplayName).Name(User.DisplayNameLength);
            RuleFor(x => x.Language).Language();
        }
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, SignInLinkIssuer links, TimeProvider time)
        : IHandler<Command, SignInLink>
    {
        public async Task<Result<SignInLink>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            var email = request.Email.Trim();
            if (await users.FindByEmailAsync(email) is not null)
            {
                return ValidationProblem.ForField("email", AccessMessages.EmailTaken);
            }

            if (request.Team is { } team && !await db.Teams.AnyAsync(t => t.Id == team, ct))
            {
                return ValidationProblem.ForField("team", AccessMessages.TeamUnknown);
            }

            var user = new User
            {
                Id = UserId.New(),
                UserName = email,
                Email = email,
                DisplayName = request.DisplayName.Trim(),
                Role = request.Role,
                TeamId = request.Team,
                Language = request.Language,
                CreatedAt = time.GetUtcNow(),
            };
            if (await users.CreateAsync(user) is { Succeeded: false })
            {
                return ValidationProblem.ForField("email", AccessMessages.EmailInvalid);
            }

            await CountAsSetUp(request.Role, ct);
            await transaction.CommitAsync(ct);
            return await links.Issue(user);
        }

        private async Task CountAsSetUp(Role role, CancellationToken ct)
        {
            if (role == Role.Admin && await db.Settings.SingleAsync(ct) is { SetUpAt: null } settings)
            {
                settings.SetUp(time.GetUtcNow());
                await db.SaveChangesAsync(ct);
            }
        }
    }
}
