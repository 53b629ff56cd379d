using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>Makes the key that one's authenticator is told; it asks for nothing until a first code has confirmed it.</summary>
public static class BeginSecondFactor
{
    private const string Issuer = "PipelineCrm";

    public sealed record Command : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="Key">In groups of four, to be typed.</param>
    /// <param name="Address">For authenticators on the same device: otpauth://…</param>
    public sealed record Answer(string Key, string Address) : ISecretResponse;

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ActorLoader actors, CredentialRevocation ways)
        : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (user.TwoFactorEnabled)
            {
                return new Problem(ProblemCode.Conflict, AccessMessages.SecondFactorOn);
            }

            await using var transaction = await db.Begin(ct);
            var stamp = user.SecurityStamp;
            if (await users.ResetAuthenticatorKeyAsync(user) is { Succeeded: false }
                || await users.GetAuthenticatorKeyAsync(user) is not { } key)
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict);
            }

            // Identity gives a new stamp with every key; nothing of anybody's rights has changed yet.
            await ways.Carry(user, stamp, ct);
            await transaction.CommitAsync(ct);
            var label = Uri.EscapeDataString($"{Issuer}:{user.Email}");
            return new Answer(string.Join(' ', key.Chunk(4).Select(group => new string(group))),
                $"otpauth://totp/{label}?secret={key}&issuer={Issuer}&digits=6");
        }
    }
}
