using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>What the browser asks an authenticator for, to make a passkey of one's own. Who signed in a while ago gives their password
/// first.</summary>
public static class BeginPasskey
{
    private const int MostPasskeys = 20;

    public sealed record Query(string Name, string? Password = null) : IRequest<PasskeyChallenge>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(x => x.Name).Name(UserPasskey.NameLength);
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ActorLoader actors, OwnPasswordVerifier password,
        PasskeyVerifier verifier) : IHandler<Query, PasskeyChallenge>
    {
        public async Task<Result<PasskeyChallenge>> Handle(Query request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me || await users.FindByIdAsync(me.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (await db.UserPasskeys.CountAsync(passkey => passkey.UserId == me, ct) >= MostPasskeys)
            {
                return ValidationProblem.ForField("name",
                    string.Format(CultureInfo.CurrentCulture, AccessMessages.PasskeysEnough, MostPasskeys));
            }

            return await verifier.SignedInLately(ct) || await Refuse(user, request.Password, ct) is not { } refused
                ? await verifier.ToAdd(user, request.Name)
                : refused;
        }

        private async Task<Problem?> Refuse(User user, string? typed, CancellationToken ct) => user.PasswordHash is null
            ? ValidationProblem.ForField("password", AccessMessages.PasskeySignInAgain)
            : await password.Refuse(user, typed ?? "", "passkey", ct);
    }
}
