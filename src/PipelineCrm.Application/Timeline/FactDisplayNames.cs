using System.Text.Json;
using Npgsql;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Timeline;

/// <summary>Says of facts what the ids in them are called and what their amounts are in.</summary>
internal static class FactDisplayNames
{
    /// <summary>$1: ids of anything, $2 the owners whose deals the reader sees (null: everybody's).</summary>
    private const string Sql = """
        select id, display_name from users where id = any($1)
        union all select id, name from customers where id = any($1)
        union all select id, name from products where id = any($1)
        union all select id, title from deals where id = any($1) and not void and ($2 is null or owner_id = any($2))
        """;

    private static readonly string[] OfIds = ["ownerId", "customerId", "productId", "previousDealId", "referredByDealId", "referrerId"];

    public static async Task<Dictionary<Guid, string>> Of(IEnumerable<FactRow> rows, Actor reader, NpgsqlConnection connection,
        CancellationToken ct)
    {
        var ids = rows.SelectMany(row => new[] { Id(row.Fact, row.Fact.Before), Id(row.Fact, row.Fact.After) }).OfType<Guid>().Distinct()
            .ToArray();
        var names = new Dictionary<Guid, string>();
        if (ids.Length > 0)
        {
            await new SqlBatch(connection).Query(Sql, row => names[row.GetGuid(0)] = row.GetString(1), ids,
                SqlBatch.OrNull(reader.Sees.Ids)).Run(ct);
        }

        return names;
    }

    /// <summary>The facts of one entry, in the order they were written.</summary>
    public static IReadOnlyList<FactChange> InOrder(IReadOnlyCollection<FactRow> entry, IReadOnlyDictionary<Guid, string> names) =>
        [.. entry.Where(row => !IsHidden(row.Fact, names)).OrderBy(row => row.Fact.Id).Select(row => WithCurrency(row, entry) with
        {
            BeforeName = Name(row.Fact, row.Fact.Before, names),
            AfterName = Name(row.Fact, row.Fact.After, names),
        })];

    /// <summary>Which deal a deal came of is told only to who may see that one: no fact stays, not even its place.</summary>
    private static bool IsHidden(FactChange fact, IReadOnlyDictionary<Guid, string> names) =>
        fact.Field is "previousDealId" or "referredByDealId"
        && new[] { Id(fact, fact.Before), Id(fact, fact.After) }.OfType<Guid>().Any(id => !names.ContainsKey(id));

    /// <summary>A quote's lines are in its currency, a payment in its own; an amount is in what the deal's currency was before and
    /// after.</summary>
    private static FactChange WithCurrency(FactRow row, IReadOnlyCollection<FactRow> entry)
    {
        var beside = row.Fact is { Entity: "quoteLine", Field: "price" } or { Field: "amount" }
            ? entry.FirstOrDefault(other => other.Fact.Field == "currency"
                && row.Fact.EntityId.StartsWith(other.Fact.EntityId, StringComparison.Ordinal))?.Fact
            : null;
        return row.Fact with { BeforeCurrency = row.Currency, AfterCurrency = beside is null ? row.Currency : beside.After?.GetString() };
    }

    private static string? Name(FactChange fact, JsonElement? value, IReadOnlyDictionary<Guid, string> names) =>
        Id(fact, value) is { } id ? names.GetValueOrDefault(id) : null;

    private static Guid? Id(FactChange fact, JsonElement? value) =>
        OfIds.Contains(fact.Field) && value is { ValueKind: JsonValueKind.String } text && text.TryGetGuid(out var id) ? id : null;
}
