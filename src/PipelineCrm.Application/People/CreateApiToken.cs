using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Makes a token of one's own; a program that sends it may do what its owner may.</summary>
public static class CreateApiToken
{
    private const int MostTokens = 50;

    /// <param name="Days">How long it is good: one of <see cref="NewApiToken.Lifetimes"/>.</param>
    public sealed record Command(string Name, int Days = NewApiToken.DefaultDays) : IRequest<NewApiToken>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Name).Name(ApiToken.NameLength);
            RuleFor(x => x.Days).Must(NewApiToken.Lifetimes.Contains).WithMessage(_ => PeopleProblemText.TokenExpiry);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors, TimeProvider time) : IHandler<Command, NewApiToken>
    {
        public async Task<Result<NewApiToken>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } me)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            var now = time.GetUtcNow();
            if (await db.ApiTokens.CountAsync(token => token.UserId == me && token.RevokedAt == null && token.ExpiresAt > now, ct) >= MostTokens)
            {
                return Invalid.Field("name", string.Format(CultureInfo.CurrentCulture, PeopleProblemText.TokensEnough, MostTokens));
            }

            var (token, made) = NewApiToken.Make(me, request.Name, now, request.Days);
            db.ApiTokens.Add(token);
            await db.SaveChangesAsync(ct);
            return made;
        }
    }
}
