using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>A board's filter together with the viewer's rights, as one SQL predicate over deals d.</summary>
internal sealed class BoardPredicate
{
    private readonly SearchText? _search;
    private readonly ConditionSql _facts;
    private readonly OrganisationSettings _organisation;
    private readonly DateOnly _today;

    private BoardPredicate(OwnerSet owners, BoardFilter filter, ConditionSql facts, OrganisationSettings organisation, DateOnly today) =>
        (Owners, Filter, _search, _facts, _organisation, _today) = (owners, filter, SearchText.Of(filter.Search), facts, organisation,
            today);

    /// <summary>Whose deals: what the viewer may see, narrowed by the filters of owner and team.</summary>
    public OwnerSet Owners { get; }

    public BoardFilter Filter { get; }

    /// <summary>Whether the stored totals can answer: they know stage, outcome, owner and currency, nothing else.</summary>
    public bool OnlyOwners => Filter.Search is null && Filter.Source is null && Filter.Filter is null;

    public string Sql =>
        (Owners.Ids is null ? "true" : "d.owner_id = any(@owners)")
        + (Filter.Source is null ? "" : " and d.source = @source")
        + (_search is null ? "" : $" and {_search.OfDeal}")
        + (Filter.Filter is null ? "" : $" and {_facts.OfDeal}");

    public static async Task<Result<BoardPredicate>> Build(
        NpgsqlConnection connection, Actor viewer, FactCatalog catalog, DateTimeOffset now, BoardFilter filter, CancellationToken ct)
    {
        var facts = FactFilter.Parse(filter.Filter, catalog, FactSubject.Deal);
        if (facts.Problem is { } problem)
        {
            return problem;
        }

        filter = filter with
        {
            Search = FieldRules.TrimToNull(filter.Search),
            Source = string.IsNullOrWhiteSpace(filter.Source) ? null : filter.Source,
            Filter = string.IsNullOrWhiteSpace(filter.Filter) ? null : filter.Filter,
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

        return new BoardPredicate(owners, filter, ConditionSql.Of(facts.Value, catalog), viewer.Organisation,
            viewer.Organisation.DayOf(now));
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
        _facts.AddTo(parameters);
        if (SqlTokens.AreIn(_facts.Sql))
        {
            AddMoment(parameters);
        }
    }

    /// <summary>What expressions of the catalogue name besides the row.</summary>
    public void AddMoment(NpgsqlParameterCollection parameters)
    {
        if (!parameters.Contains("today"))
        {
            parameters.AddWithValue("today", _today);
            parameters.AddWithValue("zone", _organisation.TimeZone);
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
