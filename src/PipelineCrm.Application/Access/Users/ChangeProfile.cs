using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Changes one's own name, language, theme and time zone; what is null stays.</summary>
public static class ChangeProfile
{
    /// <param name="TimeZone">Empty: the organisation's.</param>
    public sealed record Command(string? DisplayName = null, string? Language = null, string? Theme = null, string? TimeZone = null)
        : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.DisplayName!).Name(User.DisplayNameLength).When(x => x.DisplayName is not null);
            RuleFor(x => x.Language!).Language().When(x => x.Language is not null);
            RuleFor(x => x.Theme!).Theme().When(x => x.Theme is not null);
            RuleFor(x => x.TimeZone!).Zone().When(x => !string.IsNullOrEmpty(x.TimeZone));
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            var me = actors.Current.Id;
            if (await db.Users.FirstOrDefaultAsync(u => u.Id == me, ct) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            user.DisplayName = request.DisplayName?.Trim() ?? user.DisplayName;
            user.Language = request.Language ?? user.Language;
            user.Theme = request.Theme ?? user.Theme;
            user.TimeZone = request.TimeZone switch { null => user.TimeZone, "" => null, var zone => zone };
            await db.SaveChangesAsync(ct);
            return Unit.Value;
        }
    }
}
