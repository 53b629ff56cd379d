using Microsoft.AspNetCore.Identity;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Changes one's own password; every other session of the same user ends, and their API tokens with it.</summary>
public static class ChangePassword
{
    public sealed record Command(string Current, string New) : IRequest<UserId>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ActorSource actors, Slowdown slowdown, HashingGate gate, WaysIn ways, SecurityLog log)
        : IHandler<Command, UserId>
    {
        public async Task<Result<UserId>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            if (PasswordRule.Mistake(request.New, user.Email, user.DisplayName) is { } mistake)
            {
                return Invalid.Field("new", mistake);
            }

            var key = $"password {me}";
            if (slowdown.Enter((key, Slowdown.Pair)) is { } wait)
            {
                log.Slowed("change of password", actors.Current, wait);
                return Slowdown.TooMany(wait);
            }

            var changed = await gate.Do(() => Change(user, request, ct), ct);
            if (changed.Ok)
            {
                slowdown.TakeBack(key);
            }

            return changed;
        }

        private async Task<Result<UserId>> Change(User user, Command request, CancellationToken ct)
        {
            if (!await users.CheckPasswordAsync(user, request.Current))
            {
                return Invalid.Field("current", PeopleProblemText.PasswordWrong);
            }

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await users.ChangePasswordAsync(user, request.Current, request.New) is { Succeeded: false })
            {
                return new Problem(ProblemCode.Conflict, ProblemText.Conflict);
            }

            await ways.Close(user, keep: actors.Current.Session, ct);
            await transaction.CommitAsync(ct);
            log.Changed("password", user.Id, actors.Current);
            return user.Id;
        }
    }
}
