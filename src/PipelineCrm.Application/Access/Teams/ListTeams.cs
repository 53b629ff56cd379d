using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;

namespace PipelineCrm.Access;

/// <summary>All teams, each after the team it belongs to, children by name.</summary>
public static class ListTeams
{
    public sealed record Query : IRequest<IReadOnlyList<TeamView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, IReadOnlyList<TeamView>>
    {
        public async Task<Result<IReadOnlyList<TeamView>>> Handle(Query request, CancellationToken ct)
        {
            var teams = await db.Teams.AsNoTracking()
                .Select(t => new TeamView(t.Id, t.Name, t.ParentId, 0, db.Users.Count(u => u.TeamId == t.Id), t.Version))
                .ToListAsync(ct);
            var children = teams.ToLookup(team => team.Parent);
            return Result<IReadOnlyList<TeamView>>.Of([.. Below(children, null, 0)]);
        }

        private static IEnumerable<TeamView> Below(ILookup<TeamId?, TeamView> children, TeamId? parent, int depth) =>
            children[parent]
                .OrderBy(team => team.Name, StringComparer.CurrentCultureIgnoreCase)
                .SelectMany(team => Below(children, team.Id, depth + 1).Prepend(team with { Depth = depth }));
    }
}

/// <param name="Depth">How many teams stand above it.</param>
/// <param name="Members">How many belong to it directly, disabled ones included.</param>
public sealed record TeamView(TeamId Id, string Name, TeamId? Parent, int Depth, int Members, long Version);
