using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>The people whose deals the asker may see, by name, in pages.</summary>
public static class ListSeenUsers
{
    public sealed record Query(PageRequest Page) : IRequest<Page<SeenUser>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(query => query.Page);
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Page<SeenUser>>
    {
        public async Task<Result<Page<SeenUser>>> Handle(Query request, CancellationToken ct)
        {
            Cursor.TryRead(request.Page.After, out var after);
            var ids = actors.Current.Sees.Ids?.Select(UserId.From).ToArray();
            var rows = await After(after).AsNoTracking()
                .Where(user => ids == null || ids.Contains(user.Id))
                .OrderBy(user => EF.Functions.Collate(user.DisplayName, NameOrder.Collation)).ThenBy(user => user.Id)
                .Take(request.Page.Limit + 1)
                .Select(user => new SeenUser(user.Id, user.DisplayName, user.Role, user.TeamId, user.DisabledAt != null)).ToListAsync(ct);
            return Cursor.ToPage(rows, request.Page.Limit, user => new Cursor(user.Name, user.Id.Value));
        }

        private IQueryable<User> After(Cursor? after) => after is null
            ? db.Users
            : db.Users.FromSql($"select * from users where (display_name collate names, id) > ({after.Key} collate names, {after.Id})");
    }
}

/// <summary>Nothing personal but the name that colleagues read on every deal.</summary>
public sealed record SeenUser(UserId Id, string Name, Role Role, TeamId? TeamId, bool Disabled);
