using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Access;

/// <summary>What somebody may see and change about themselves.</summary>
public static class GetProfile
{
    public sealed record Query : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="TimeZone">Null where the organisation's is used.</param>
    public sealed record Answer(string DisplayName, string? Email, Role Role, string? Team, string Language, string Theme,
        string? TimeZone);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var me = actors.Current.Id;
            var profile = await db.Users
                .Where(u => u.Id == me)
                .Select(u => new Answer(u.DisplayName, u.Email, u.Role,
                    db.Teams.Where(t => t.Id == u.TeamId).Select(t => t.Name).FirstOrDefault(), u.Language, u.Theme, u.TimeZone))
                .FirstOrDefaultAsync(ct);
            return profile is null ? new Problem(ProblemCode.NotFound, ProblemMessages.NotFound) : profile;
        }
    }
}
