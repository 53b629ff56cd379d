using Npgsql;
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
    public string From => IsOfDeals ? "deals d join customers c on c.id = d.customer_id join users o on o.id = d.owner_id" : "customers c";

    /// <summary>No more than the question itself looks at: a count over a million rows must not join for nothing.</summary>
    public string BareFrom =>
        !IsOfDeals ? "customers c" : _conditions.AsksCustomer ? "deals d join customers c on c.id = d.customer_id" : "deals d";

    /// <summary>Ownership, archive, search and conditions.</summary>
    public string Where => IsOfDeals
        ? $"not d.void and d.archived_at is {Archive}{Owned}{(_search is null ? "" : $" and {_search.OfDeal}")} and {_conditions.Sql}"
        : $"c.archived_at is {Archive}{(_search is null ? "" : $" and {_search.OfCustomer}")} and {_conditions.Sql}";

    public string OrderBy => _sort?.OrderBy ?? "d.id desc";

    /// <summary>What a page's end is made of, to be selected last.</summary>
    public string PlaceColumns => _sort?.Columns ?? "";

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
