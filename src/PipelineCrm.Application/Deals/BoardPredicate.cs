using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>A board's filter together with the viewer's rights, as one SQL predicate over deals d.</summary>
internal sealed class BoardPredicate
{
    private readonly SearchText? _search;

    private BoardPredicate(Owners owners, BoardFilter filter) => (Owners, Filter, _search) = (owners, filter, SearchText.Of(filter.Search));

    /// <summary>Whose deals: what the viewer may see, narrowed by the filters of owner and team.</summary>
    public Owners Owners { get; }

    public BoardFilter Filter { get; }

    /// <summary>Whether the kept totals can answer: they know stage, outcome, owner and currency, nothing else.</summary>
    public bool OnlyOwners => Filter.Search is null && Filter.Source is null;

    public string Sql =>
        (Owners.Ids is null ? "true" : "d.owner_id = any(@owners)")
        + (Filter.Source is null ? "" : " and d.source = @source")
        + (_search is null ? "" : $" and (d.id in ({Found(3)}) or d.customer_id in ({Found(1)}))");

    /// <summary>The ids of one kind of the texts that hold what is looked for.</summary>
    private string Found(int kind) => $"select s.id from search_texts s where s.kind = {kind} and {_search!.Matches}";

    public static async Task<BoardPredicate> Build(NpgsqlConnection connection, Actor viewer, BoardFilter filter, CancellationToken ct)
    {
        filter = filter with
        {
            Search = FieldRules.Kept(filter.Search),
            Source = string.IsNullOrWhiteSpace(filter.Source) ? null : filter.Source,
        };
        var owners = viewer.Sees;
        if (filter.Owner is { } owner)
        {
            owners = owners.Include(owner) ? new Owners([owner.Value]) : Owners.None;
        }

        if (filter.Team is { } team)
        {
            var members = await Members(connection, team, ct);
            owners = owners.Ids is null ? new Owners(members) : new Owners([.. owners.Ids.Intersect(members)]);
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

        _search?.AddTo(parameters);
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
