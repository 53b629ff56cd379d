using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lists;

/// <summary>Selects and reads rows of a list with some facts.</summary>
internal sealed class RowReader
{
    private const int Fixed = 6;

    private readonly ListScope _scope;
    private readonly List<FactDefinition> _facts;
    private readonly IReadOnlyList<FactDefinition> _asked;

    public RowReader(ListScope scope, IReadOnlyList<FactDefinition> asked)
    {
        (_scope, _asked) = (scope, asked);
        // An amount is nothing without its currency.
        _facts = [.. asked.Union(asked.Where(fact => fact.CurrencyKey is not null).Select(fact => scope.Catalog.Find(fact.CurrencyKey)!))];
    }

    public string Columns => (_scope.IsOfDeals
            ? "d.id, d.version, d.title, d.owner_id, o.display_name, d.customer_id"
            : "c.id, c.version, c.name, null::uuid, null::text, null::uuid")
        + FactColumns.Select(_facts, SqlTokens.Named);

    /// <summary>How many columns <see cref="Columns"/> are.</summary>
    public int Width => Fixed + (_facts.Count * FactColumns.Width);

    public ListRow Read(NpgsqlDataReader row)
    {
        var values = FactColumns.Read(row, Fixed, _facts);
        var owner = row.GetOrNull<Guid>(3);
        return new ListRow(row.GetGuid(0), row.GetInt64(1), row.GetString(2), _scope.MayEdit(owner),
            _asked.ToDictionary(fact => fact.Key, fact => Of(fact, values)))
        {
            OwnerName = row.GetTextOrNull(4),
            Customer = row.GetOrNull<Guid>(5),
        };
    }

    private static Fact Of(FactDefinition fact, Dictionary<string, Fact> values) =>
        fact.CurrencyKey is { } currency ? FactColumns.WithCurrency(values[fact.Key], values[currency].Value as string) : values[fact.Key];
}
