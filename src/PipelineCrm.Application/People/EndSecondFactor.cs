using Microsoft.AspNetCore.Identity;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>One's sign-in asks for no code any more; the password shows that it is oneself who asks.</summary>
public static class EndSecondFactor
{
    public sealed record Command(string Password) : IRequest<Done>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(
        CrmDbContext db, UserManager<User> users, ActorSource actors, Slowdown slowdown, HashingGate gate, WaysIn ways, SecurityLog log) : IHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            var key = $"password {me}";
            if (slowdown.Enter((key, Slowdown.Pair)) is { } wait)
            {
                log.Slowed("second factor", actors.Current, wait);
                return Slowdown.TooMany(wait);
            }

            var proved = await gate.Do(async () => Result<bool>.Of(await users.CheckPasswordAsync(user, request.Password)), ct);
            if (proved is not { Ok: true, Value: true })
            {
                return proved.Problem ?? Invalid.Field("password", PeopleProblemText.PasswordWrong);
            }

            slowdown.TakeBack(key);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await ways.WithoutSecondFactor(user, actors.Current.Session, ct);
            await transaction.CommitAsync(ct);
            log.Changed("second factor off", user.Id, actors.Current);
            return Done.It;
        }
    }
}
