using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Access;

/// <summary>Everybody, for the admin; disabled ones last, then by name.</summary>
public static class ListUsers
{
    public sealed record Query : IRequest<IReadOnlyList<UserView>>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, IReadOnlyList<UserView>>
    {
        public async Task<Result<IReadOnlyList<UserView>>> Handle(Query request, CancellationToken ct)
        {
            var demo = await db.Settings.Select(settings => settings.Demo).SingleAsync(ct);
            var oneClick = DemoAccounts.OneClick.Select(DemoAccounts.EmailOf).ToArray();
            var atWork = db.Transitions.Where(transition => transition.Channel == Channel.Demo).Select(transition => transition.ByUser);
            var users = await db.Users.AsNoTracking()
                .OrderBy(user => user.DisabledAt != null).ThenBy(user => EF.Functions.Collate(user.DisplayName, NameOrder.Collation))
                .ThenBy(user => user.Id)
                .Select(user => new UserView(
                    user.Id,
                    user.DisplayName,
                    user.Email,
                    user.Role,
                    user.TeamId,
                    user.DisabledAt != null ? UserState.Disabled
                        : user.Email == null ? UserState.NotInvited
                        : user.PasswordHash != null ? UserState.Active
                        : demo && oneClick.Contains(user.Email) ? UserState.OneClick
                        : demo && atWork.Any(by => by == user.Id) ? UserState.Demo
                        : UserState.Invited,
                    db.Deals.Count(
                        deal => deal.OwnerId == user.Id && deal.Outcome == Outcome.Open && !deal.Void && deal.ArchivedAt == null))
                {
                    LastSignedInAt = user.LastSignedInAt,
                    SecondFactor = user.TwoFactorEnabled,
                })
                .ToListAsync(ct);
            return Result<IReadOnlyList<UserView>>.Of(users);
        }
    }
}

/// <param name="Email">Null for somebody known only from an import.</param>
/// <param name="OpenDeals">What somebody has to take over if they are disabled.</param>
public sealed record UserView(UserId Id, string DisplayName, string? Email, Role Role, TeamId? Team, UserState State, int OpenDeals)
{
    /// <summary>Null for somebody who never signed in.</summary>
    public DateTimeOffset? LastSignedInAt { get; init; }

    /// <summary>Whether their sign-in asks for a second factor.</summary>
    public bool SecondFactor { get; init; }
}
