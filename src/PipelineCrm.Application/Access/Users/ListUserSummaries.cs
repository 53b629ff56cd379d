using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Access;

/// <summary>The people whose deals the asker sees, by name: what owner filters and owner fields offer.</summary>
public static class ListUserSummaries
{
    public sealed record Query : IRequest<IReadOnlyList<UserSummary>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, IReadOnlyList<UserSummary>>
    {
        public async Task<Result<IReadOnlyList<UserSummary>>> Handle(Query request, CancellationToken ct)
        {
            var (sees, moves) = (actors.Current.Sees, actors.Current.Moves);
            var ids = sees.Ids?.Select(UserId.From).ToArray();
            var people = await db.Users.AsNoTracking()
                .Where(user => ids == null || ids.Contains(user.Id))
                .OrderBy(user => EF.Functions.Collate(user.DisplayName, NameOrder.Collation)).ThenBy(user => user.Id)
                .Select(user => new { user.Id, user.DisplayName, user.Role, user.TeamId, user.DisabledAt })
                .ToListAsync(ct);
            return Result<IReadOnlyList<UserSummary>>.Of(
                [.. people.Select(user => new UserSummary(
                    user.Id, user.DisplayName, user.TeamId, user.DisabledAt is not null,
                    user is { DisabledAt: null, Role: not Role.Viewer } && moves.Contains(user.Id)))]);
        }
    }
}

/// <param name="MayBeGiven">Whether the asker may make them the owner of a deal.</param>
public sealed record UserSummary(UserId Id, string DisplayName, TeamId? Team, bool Disabled, bool MayBeGiven);
