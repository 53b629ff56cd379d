using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lists;

/// <summary>A list's question together with the reader's rights, as parts of a statement over deals d or customers c.</summary>
internal sealed class ListScope
{
    /// <summary>The order of customers that nobody asked for; of deals it is that of their ids, newest first, which needs no other
    /// index.</summary>
    private const string ByName = "customer.name";

    private readonly Actor _actor;
    private readonly DateOnly _today;
    private readonly SearchText? _search;
    private readonly ConditionSql _conditions;
    private readonly FactSort? _sort;

    private ListScope(ListQuestion question, FactCatalog catalog, Actor actor, DateOnly today, ConditionSql conditions, FactSort? sort) =>
        (Question, Catalog, _actor, _today, _search, _conditions, _sort) = (question, catalog, actor, today,
            SearchText.Of(question.Search), conditions, sort);

    public ListQuestion Question { get; }

    public FactCatalog Catalog { get; }

    public bool IsOfDeals => Question.Subject == FactSubject.Deal;

    public string Id => IsOfDeals ? "d.id" : "c.id";

    /// <summary>Deals with all that their facts are read from; the customer alone.</summary>
    public string From => IsOfDeals ? DealViewSql.From : BareFrom;

    /// <summary>No more than the question itself looks at: a count over a million rows must not join for nothing.</summary>
    public string BareFrom => IsOfDeals ? "deals d" : "customers c";

    /// <summary>Ownership, archive, search and conditions.</summary>
    public string Where => IsOfDeals
        ? $"not d.void and d.archived_at is {Archive}{Owned}{(_search is null ? "" : $" and {_search.OfDeal}")} and {_conditions.OfDeal}"
        : $"c.archived_at is {Archive}{(_search is null ? "" : $" and {_search.OfCustomer}")} and {_conditions.Sql}";

    public string OrderBy => _sort?.OrderBy ?? "d.id desc";

    /// <summary>
    /// A page of the list, @limit rows of it: first which rows these are, then what is shown of them, so that nothing is joined or worked
    /// out for rows that the page leaves out. What its end is made of comes last.
    /// </summary>
    public string Page(string columns, FactSort.KeysetPredicate? after)
    {
        var (rows, shown) = IsOfDeals ? ($"d.* from deals d{_sort?.JoinsOfDeal}", $"d {DealViewSql.JoinsOfPage}") : ("c.* from customers c", "c");
        return $"""
            select {columns}{_sort?.Columns} from (
                select {rows} where {Where}{(after is null ? "" : $" and {after.Sql}")}
                order by {OrderBy} limit @limit) as {shown}
            order by {OrderBy}
            """;
    }

    private string Archive => Question.Archived ? "not null" : "null";

    private string Owned => _actor.Sees.Ids is null ? "" : " and d.owner_id = any(@owners)";

    public static Result<ListScope> Build(ListQuestion question, FactCatalog catalog, Actor actor, DateTimeOffset now)
    {
        var filter = FactFilter.Parse(question.Filter, catalog, question.Subject);
        var order = string.IsNullOrWhiteSpace(question.Sort) && question.Subject == FactSubject.Customer ? ByName : question.Sort;
        var sort = FactSort.Parse(order, catalog, question.Subject, question.Subject == FactSubject.Deal ? "d.id" : "c.id");
        return (filter.Problem ?? sort.Problem) is { } problem
            ? problem
            : new ListScope(question, catalog, actor, actor.Organisation.DayOf(now), ConditionSql.Of(filter.Value, catalog), sort.Value);
    }

    public void AddTo(NpgsqlParameterCollection values)
    {
        AddRights(values);
        _search?.AddTo(values);
        _conditions.AddTo(values);
    }

    /// <summary>Whose deals, and the moment that expressions of the catalogue name.</summary>
    public void AddRights(NpgsqlParameterCollection values)
    {
        if (_actor.Sees.Ids is { } ids)
        {
            values.AddWithValue("owners", ids);
        }

        values.AddWithValue("today", _today);
        values.AddWithValue("zone", _actor.Organisation.TimeZone);
    }

    public string Place(NpgsqlDataReader row, int column, Guid id) => _sort?.Place(row, column, id) ?? id.ToString();

    /// <summary>The rows after a place; null where it is none of this order.</summary>
    public FactSort.KeysetPredicate? Following(string place) => _sort is not null ? _sort.Read(place)
        : Guid.TryParse(place, out var id) ? new FactSort.KeysetPredicate("d.id < @after", values => values.AddWithValue("after", id))
        : null;

    public bool MayEdit(Guid? owner) => owner is { } id ? _actor.Moves.Contains(new UserId(id)) : _actor.Has(AccessLevel.Writer);

    /// <summary>Those of some ids that the reader sees, archived or not.</summary>
    public string WhereSeen => IsOfDeals ? $"not d.void and d.id = any(@ids){Owned}" : "c.id = any(@ids)";
}
