using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>
/// Conditions as a predicate over deal d and customer c (of customers over c alone). A row is in where they are true; unknown is null in
/// the database and, since nothing negates, as good as false. Every value is a parameter, and the texts are the catalogue's.
/// </summary>
internal sealed class ConditionSql
{
    private readonly FactCatalog _catalog;
    private readonly List<NpgsqlParameter> _values = [];
    private bool _asksCustomer;

    private ConditionSql(FactCatalog catalog) => _catalog = catalog;

    public string Sql { get; private set; } = "true";

    /// <summary>The same over deal d alone, which brings its customer along only where that is asked about.</summary>
    public string OfDeal => _asksCustomer ? $"exists (select from customers c where c.id = d.customer_id and {Sql})" : Sql;

    public static ConditionSql Of(FactFilter? filter, FactCatalog catalog)
    {
        var sql = new ConditionSql(catalog);
        if (filter is not null)
        {
            sql.Sql = sql.Group(filter.Root);
        }

        return sql;
    }

    /// <summary>Adds the values; statements that expressions of the catalogue stand in need <c>@today</c> and <c>@zone</c>
    /// besides.</summary>
    public void AddTo(NpgsqlParameterCollection parameters) => parameters.AddRange(_values.Select(value => value.Clone()).ToArray());

    private string Group(Condition condition) =>
        ConditionTree.IsLeaf(condition) ? Leaf(condition)
        : condition.All is { } all ? $"({string.Join(" and ", all.Select(Group))})"
        : $"({string.Join(" or ", condition.Any!.Select(Group))})";

    private string Leaf(Condition leaf)
    {
        var fact = Fact(leaf.Field!);
        var op = Operators.Find(fact.Type, leaf.Op!)!;
        var asked = Domain.ConditionEvaluator.FieldOf(leaf.Value) is { } other ? Other(fact, op, Fact(other)) : Asked(fact, op, leaf.Value);
        return fact.Known is null ? asked : $"({Known(fact)} and {asked})";
    }

    private FactDefinition Fact(string key)
    {
        var fact = _catalog.Find(key)!;
        _asksCustomer |= fact.Subject == FactSubject.Customer;
        return fact;
    }

    /// <summary>Amounts in two currencies do not compare.</summary>
    private string Other(FactDefinition fact, TypeOperator op, FactDefinition other)
    {
        var sql = Filled(op.OtherSql ?? op.Sql!, fact.Sql, other.Sql);
        var (left, right) = (CurrencyOf(fact), CurrencyOf(other));
        sql = left is null || right is null || left == right ? sql : $"({sql} and ({left} is null or {right} is null or {left} = {right}))";
        return other.Known is null ? sql : $"({Known(other)} and {sql})";
    }

    private string Asked(FactDefinition fact, TypeOperator op, JsonElement? value) => op.Takes switch
    {
        OperandKind.None => Filled(op.Sql!, fact.Sql),
        OperandKind.Texts => Filled(op.Sql!, fact.Sql, Codes(fact, [.. value!.Value.EnumerateArray().Select(one => one.GetString()!)])),
        OperandKind.TwoNumbers => Filled(op.Sql!, fact.Sql, Value(op, value!.Value[0]), Value(op, value.Value[1])),
        OperandKind.Text when fact.Type != FactType.Text => Filled(op.Sql!, fact.Sql, Code(fact, value!.Value.GetString()!)),
        _ => Filled(op.Sql!, fact.Sql, Value(op, value!.Value)),
    };

    private string Value(TypeOperator op, JsonElement json)
    {
        var value = Domain.ConditionEvaluator.Scalar(json, op.Takes)!;
        return Add(op.Parameter?.Invoke(value) ?? value);
    }

    /// <summary>As the list has it: codes are written small, currencies large, lists and people by what they are kept as.</summary>
    private static object Kept(FactDefinition fact, string code) => fact.Choices switch
    {
        { IsNumbered: true, Listed: { } listed } => listed.First(choice => choice.Code == code).Number!.Value,
        { Kind: ChoiceKind.Users } => Guid.Parse(code),
        { Kind: ChoiceKind.Currencies } => code.ToUpperInvariant(),
        { Kind: ChoiceKind.Codes } => code.ToLowerInvariant(),
        _ => code,
    };

    private string Code(FactDefinition fact, string code) => Add(Kept(fact, code));

    private string Codes(FactDefinition fact, IReadOnlyList<string> codes)
    {
        var kept = codes.Select(code => Kept(fact, code)).ToList();
        return kept[0] switch
        {
            short => Add(kept.Cast<short>().ToArray()),
            Guid => Add(kept.Cast<Guid>().ToArray()),
            _ => Add(kept.Cast<string>().ToArray()),
        };
    }

    private string Add(object value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"f{_values.Count}");
        _values.Add(new NpgsqlParameter(name, TypeOf(value)) { Value = value });
        return "@" + name;
    }

    private static NpgsqlDbType TypeOf(object value) => value switch
    {
        string => NpgsqlDbType.Text,
        decimal => NpgsqlDbType.Numeric,
        DateOnly => NpgsqlDbType.Date,
        bool => NpgsqlDbType.Boolean,
        int => NpgsqlDbType.Integer,
        short => NpgsqlDbType.Smallint,
        Guid => NpgsqlDbType.Uuid,
        string[] => NpgsqlDbType.Array | NpgsqlDbType.Text,
        short[] => NpgsqlDbType.Array | NpgsqlDbType.Smallint,
        Guid[] => NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "No operator takes such a value."),
    };

    private string? CurrencyOf(FactDefinition fact) => fact.CurrencySql ?? (fact.CurrencyKey is { } key ? _catalog.Find(key)!.Sql : null);

    private static string Known(FactDefinition fact) => SqlTokens.Named.In(fact.Known!);

    private static string Filled(string sql, string fact, string? one = null, string? two = null) => SqlTokens.Named.In(
        sql.Replace("{0}", fact, StringComparison.Ordinal).Replace("{1}", one, StringComparison.Ordinal)
            .Replace("{2}", two, StringComparison.Ordinal));
}
