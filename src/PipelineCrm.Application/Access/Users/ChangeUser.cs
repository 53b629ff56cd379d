using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>Who somebody is in the organisation; holds for everything they do from the next request on.</summary>
public static class ChangeUser
{
    /// <param name="Email">Null only for somebody who never had one.</param>
    public sealed record Command(UserId Id, string DisplayName, string? Email, Role Role, TeamId? Team) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.DisplayName).Name(User.DisplayNameLength);
            RuleFor(x => x.Email!).Email().When(x => x.Email is not null);
        }
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            if (await db.Users.FirstOrDefaultAsync(u => u.Id == request.Id, ct) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (await Mistake(request, user, ct) is { } mistake)
            {
                return mistake;
            }

            user.DisplayName = request.DisplayName.Trim();
            user.Role = request.Role;
            user.TeamId = request.Team;
            await Address(user, request.Email?.Trim());
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Unit.Value;
        }

        private async Task<Problem?> Mistake(Command request, User user, CancellationToken ct)
        {
            if (user.Role == Role.Admin && request.Role != Role.Admin && await AdminGuard.IsLastAdmin(db, user.Id, ct))
            {
                return ValidationProblem.ForField("role", AccessMessages.LastAdmin);
            }

            if (request.Team is { } team && !await db.Teams.AnyAsync(t => t.Id == team, ct))
            {
                return ValidationProblem.ForField("team", AccessMessages.TeamUnknown);
            }

            if (request.Email is null)
            {
                return user.Email is null ? null : ValidationProblem.ForField("email", AccessMessages.EmailInvalid);
            }

            var wanted = users.NormalizeEmail(request.Email.Trim());
            return await db.Users.AnyAsync(other => other.Id != user.Id && other.NormalizedEmail == wanted, ct)
                ? ValidationProblem.ForField("email", AccessMessages.EmailTaken)
                : null;
        }

        /// <summary>Another address is another way in: links sent to the old one and open sessions end.</summary>
        private async Task Address(User user, string? email)
        {
            if (email is null || email == user.Email)
            {
                return;
            }

            (user.Email, user.UserName) = (email, email);
            await users.UpdateNormalizedEmailAsync(user);
            await users.UpdateNormalizedUserNameAsync(user);
            user.SecurityStamp = Guid.NewGuid().ToString("N");
        }
    }
}
