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

    public sealed record Command(string Name) : IRequest<IssuedApiToken>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(x => x.Name).Name(ApiToken.NameLength);
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, TimeProvider time) : IHandler<Command, IssuedApiToken>
    {
        public async Task<Result<IssuedApiToken>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (await db.ApiTokens.CountAsync(token => token.UserId == me && token.RevokedAt == null, ct) >= MostTokens)
            {
                return ValidationProblem.ForField("name", string.Format(CultureInfo.CurrentCulture, AccessMessages.TokensEnough, MostTokens));
            }

            var (token, made) = IssuedApiToken.Create(me, request.Name, time.GetUtcNow());
            db.ApiTokens.Add(token);
            await db.SaveChangesAsync(ct);
            return made;
        }
    }
}
