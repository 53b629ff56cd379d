using Npgsql;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>A board's filter together with the viewer's rights, as one SQL predicate over deals d and customers c.</summary>
internal sealed class BoardPredicate
{
    private BoardPredicate(OwnerSet owners, BoardFilter filter) => (Owners, Filter) = (owners, filter);

    /// <summary>Whose deals: what the viewer may see, narrowed by the filters of owner and team.</summary>
    public OwnerSet Owners { get; }

    public BoardFilter Filter { get; }

    /// <summary>Whether the stored totals can answer: they know stage, outcome, owner and currency, nothing else.</summary>
    public bool OnlyOwners => Filter.Search is null && Filter.Source is null;

    public string Sql =>
        (Owners.Ids is null ? "true" : "d.owner_id = any(@owners)")
        + (Filter.Source is null ? "" : " and d.source = @source")
        + (Filter.Search is null ? "" : " and (d.title ilike @search or c.name ilike @search)");

    /// <summary>The customer c, for selects that are in need of it only where the filter looks at it.</summary>
    public string Join => Filter.Search is null ? "" : " join customers c on c.id = d.customer_id";

    public static async Task<BoardPredicate> Build(NpgsqlConnection connection, Actor viewer, BoardFilter filter, CancellationToken ct)
    {
        filter = filter with
        {
            Search = string.IsNullOrWhiteSpace(filter.Search) ? null : filter.Search.Trim(),
            Source = string.IsNullOrWhiteSpace(filter.Source) ? null : filter.Source,
        };
        var owners = viewer.Sees;
        if (filter.Owner is { } owner)
        {
            owners = owners.Contains(owner) ? new OwnerSet([owner.Value]) : OwnerSet.None;
        }

        if (filter.Team is { } team)
        {
            var members = await Members(connection, team, ct);
            owners = owners.Ids is null ? new OwnerSet(members) : new OwnerSet([.. owners.Ids.Intersect(members)]);
        }

        return new BoardPredicate(owners, filter);
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        if (Owners.Ids is { } ids)
        {
            parameters.AddWithValue("owners", ids);
        }

        if (Filter.Source is { } source)
        {
            parameters.AddWithValue("source", source);
        }

        if (Filter.Search is { } search)
        {
            parameters.AddWithValue("search", LikePattern.Containing(search));
        }
    }

    private static async Task<Guid[]> Members(NpgsqlConnection connection, TeamId team, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            with recursive tree as (
                select @team as id union all select c.id from teams c join tree on c.parent_id = tree.id)
            select coalesce(array_agg(u.id), '{}') from users u where u.team_id in (select id from tree)
            """,
            connection);
        command.Parameters.AddWithValue("team", team.Value);
        return (Guid[])(await command.ExecuteScalarAsync(ct))!;
    }
}
