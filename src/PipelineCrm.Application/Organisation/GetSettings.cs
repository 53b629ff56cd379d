using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;

namespace PipelineCrm.Organisation;

/// <summary>What holds for the whole organisation.</summary>
public static class GetSettings
{
    public sealed record Query : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="RepsReadTeam">Whether reps see the deals of their team, too.</param>
    /// <param name="Demo">Whether its data are invented.</param>
    /// <param name="DemoSignIn">While the demo is on: whether one click signs in as its people.</param>
    public sealed record Answer(string OrganisationName, string TimeZone, string BaseCurrency, bool RepsReadTeam, bool Demo,
        bool DemoSignIn);

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct) =>
            await db.Settings.Select(s => new Answer(s.OrganisationName, s.TimeZone, s.BaseCurrency, s.RepsReadTeam, s.Demo, s.DemoSignIn))
                .SingleAsync(ct);
    }
}
