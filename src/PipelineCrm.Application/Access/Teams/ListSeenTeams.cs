using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>The teams that the asker may see, by name: an admin all, a manager and a viewer their own and those below it, a rep their
/// own.</summary>
public static class ListSeenTeams
{
    public sealed record Query(PageRequest Page) : IRequest<Page<SeenTeam>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(query => query.Page);
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Page<SeenTeam>>
    {
        public async Task<Result<Page<SeenTeam>>> Handle(Query request, CancellationToken ct)
        {
            Cursor.TryRead(request.Page.After, out var after);
            var rows = await Seen(after).AsNoTracking()
                .OrderBy(team => EF.Functions.Collate(team.Name, NameOrder.Collation)).ThenBy(team => team.Id)
                .Take(request.Page.Limit + 1).Select(team => new SeenTeam(team.Id, team.Name, team.ParentId)).ToListAsync(ct);
            return Cursor.ToPage(rows, request.Page.Limit, team => new Cursor(team.Name, team.Id.Value));
        }

        private IQueryable<Team> Seen(Cursor? after)
        {
            var (key, id) = (after?.Key ?? "", after?.Id);
            var (all, below, own) = (actors.Current.Role == Role.Admin, actors.Current.Role != Role.Rep, actors.Current.Team?.Value);
            return db.Teams.FromSql($"""
                with recursive tree as (
                    select id from teams where id = {own}::uuid
                    union all
                    select t.id from teams t join tree on t.parent_id = tree.id where {below})
                select * from teams t where ({all} or t.id in (select id from tree))
                  and ({id}::uuid is null or (t.name collate names, t.id) > ({key} collate names, {id}::uuid))
                """);
        }
    }
}

public sealed record SeenTeam(TeamId Id, string Name, TeamId? ParentId);
