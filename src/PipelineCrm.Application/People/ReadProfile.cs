using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>What somebody may see and change about themselves.</summary>
public static class ReadProfile
{
    public sealed record Query : IRequest<Answer>
    {
        public static Access Access => Access.SignedIn;
    }

    /// <param name="TimeZone">Null where the organisation's is used.</param>
    public sealed record Answer(string DisplayName, string? Email, Role Role, string? Team, string Language, string Theme, string? TimeZone);

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var me = actors.Current.Id;
            var profile = await db.Users
                .Where(u => u.Id == me)
                .Select(u => new Answer(u.DisplayName, u.Email, u.Role, db.Teams.Where(t => t.Id == u.TeamId).Select(t => t.Name).FirstOrDefault(), u.Language, u.Theme, u.TimeZone))
                .FirstOrDefaultAsync(ct);
            return profile is null ? new Problem(ProblemCode.NotFound, ProblemText.NotFound) : profile;
        }
    }
}
