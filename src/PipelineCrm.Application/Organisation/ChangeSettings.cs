using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Organisation;

/// <summary>Changes what holds for the whole organisation.</summary>
public static class ChangeSettings
{
    /// <param name="DemoSignIn">Whether one click signs in as the demo's people; null: as it is.</param>
    public sealed record Command(string OrganisationName, string TimeZone, string BaseCurrency, bool RepsReadTeam, bool? DemoSignIn = null)
        : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.OrganisationName).Name(Settings.OrganisationNameLength);
            RuleFor(x => x.TimeZone).Zone();
            RuleFor(x => x.BaseCurrency).Currency();
        }
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            var settings = await db.Settings.SingleAsync(ct);
            settings.OrganisationName = request.OrganisationName.Trim();
            settings.TimeZone = request.TimeZone;
            settings.BaseCurrency = Currencies.CodeOf(request.BaseCurrency)!;
            settings.RepsReadTeam = request.RepsReadTeam;
            settings.DemoSignIn = request.DemoSignIn ?? settings.DemoSignIn;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Unit.Value;
        }
    }
}
