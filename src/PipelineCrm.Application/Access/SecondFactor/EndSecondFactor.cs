using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>One's sign-in asks for no code any more; the password shows that it is oneself who asks.</summary>
public static class EndSecondFactor
{
    public sealed record Command(string Password) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(
        CrmDbContext db, UserManager<User> users, ActorLoader actors, OwnPasswordVerifier password, CredentialRevocation ways,
        SecurityLog log) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (await password.Refuse(user, request.Password, "second factor", ct) is { } refused)
            {
                return refused;
            }

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await ways.WithoutSecondFactor(user, actors.Current.Session, ct);
            await transaction.CommitAsync(ct);
            log.Changed("second factor off", user.Id, actors.Current);
            return Unit.Value;
        }
    }
}
