using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Access;

/// <summary>
/// The teams whose deals the asker sees, each after the team it belongs to, children by name: all for an admin, the own one with what is
/// below it for managers and viewers, the own one for reps.
/// </summary>
public static class ListTeams
{
    public sealed record Query : IRequest<IReadOnlyList<TeamView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, IReadOnlyList<TeamView>>
    {
        public async Task<Result<IReadOnlyList<TeamView>>> Handle(Query request, CancellationToken ct)
        {
            var actor = actors.Current;
            var teams = await db.Teams.AsNoTracking()
                .OrderBy(t => EF.Functions.Collate(t.Name, NameOrder.Collation)).ThenBy(t => t.Id)
                .Select(t => new TeamView(t.Id, t.Name, t.ParentId, 0, db.Users.Count(u => u.TeamId == t.Id), t.Version)
                {
                    Managers = db.Users.Where(u => u.TeamId == t.Id && u.Role == Role.Manager && u.DisabledAt == null)
                        .OrderBy(u => EF.Functions.Collate(u.DisplayName, NameOrder.Collation)).ThenBy(u => u.Id)
                        .Select(u => u.DisplayName).ToList(),
                })
                .ToListAsync(ct);
            var children = teams.ToLookup(team => team.Parent);
            return Result<IReadOnlyList<TeamView>>.Of(
                actor.Role == Role.Admin ? [.. Below(children, null, 0)]
                : teams.Find(team => team.Id == actor.Team) is not { } own ? []
                : actor.Role == Role.Rep ? [own with { Parent = null }]
                : [own with { Parent = null }, .. Below(children, own.Id, 1)]);
        }

        private static IEnumerable<TeamView> Below(ILookup<TeamId?, TeamView> children, TeamId? parent, int depth) =>
            children[parent].SelectMany(team => Below(children, team.Id, depth + 1).Prepend(team with { Depth = depth }));
    }
}

/// <param name="Depth">How many teams stand above it.</param>
/// <param name="Members">How many belong to it directly, disabled ones included.</param>
public sealed record TeamView(TeamId Id, string Name, TeamId? Parent, int Depth, int Members, long Version)
{
    /// <summary>Names of those who manage it, by name; who is disabled manages nothing.</summary>
    public IReadOnlyList<string> Managers { get; init; } = [];
}
