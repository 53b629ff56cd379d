using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Makes a token of one's own; a program that sends it may do what its owner may.</summary>
public static class CreateApiToken
{
    private const int MostTokens = 50;

    /// <param name="Days">How long it is good: one of <see cref="IssuedApiToken.Lifetimes"/>.</param>
    public sealed record Command(string Name, int Days = IssuedApiToken.DefaultDays) : IRequest<IssuedApiToken>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Name).Name(ApiToken.NameLength);
            RuleFor(x => x.Days).Must(IssuedApiToken.Lifetimes.Contains).WithMessage(_ => AccessMessages.TokenExpiry);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, TimeProvider time) : IHandler<Command, IssuedApiToken>
    {
        public async Task<Result<IssuedApiToken>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var now = time.GetUtcNow();
            if (await db.ApiTokens.CountAsync(token => token.UserId == me && token.RevokedAt == null && token.ExpiresAt > now,
                ct) >= MostTokens)
            {
                return ValidationProblem.ForField("name",
                    string.Format(CultureInfo.CurrentCulture, AccessMessages.TokensEnough, MostTokens));
            }

            var (token, made) = IssuedApiToken.Create(me, request.Name, now, request.Days);
            db.ApiTokens.Add(token);
            await db.SaveChangesAsync(ct);
            return made;
        }
    }
}
