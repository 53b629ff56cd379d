using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>How facts are selected and read, each type in one way.</summary>
internal static class FactColumns
{
    /// <summary>Three columns a fact: its value, whether it is known, its currency.</summary>
    public static string Select(IEnumerable<FactDefinition> facts, SqlTokens tokens) => string.Concat(facts.Select(
        fact => $", {tokens.In(Readable(fact))}, {tokens.In(fact.Known ?? "true")}, {CurrencyOf(fact)}"));

    public const int Width = 3;

    /// <summary>The facts of <see cref="Select"/>.</summary>
    /// <param name="column">Of the first.</param>
    public static Dictionary<string, Fact> Read(NpgsqlDataReader row, int column, IReadOnlyList<FactDefinition> facts)
    {
        var values = new Dictionary<string, Fact>(facts.Count);
        for (var i = 0; i < facts.Count; i++)
        {
            var at = column + (i * Width);
            values[facts[i].Key] = !row.GetBoolean(at + 1) ? Fact.Unknown
                : WithCurrency(Cell(row, at, facts[i]), row.GetTextOrNull(at + 2));
        }

        return values;
    }

    /// <summary>A value as it stands in a column of its type.</summary>
    public static Fact Cell(NpgsqlDataReader row, int column, FactDefinition fact) => row.IsDBNull(column) ? Fact.Empty : fact.Type switch
    {
        FactType.Choice when fact.Choices is { IsNumbered: true, Listed: var listed } => Fact.Of(Code(listed!, row.GetInt16(column))),
        FactType.Text or FactType.Choice => Fact.Of(row.GetString(column)),
        FactType.Number or FactType.Money
            or FactType.Count => Fact.Of((decimal?)Money.Plain(Convert.ToDecimal(row.GetValue(column), null))),
        FactType.Date => Fact.Of((DateOnly?)row.GetFieldValue<DateOnly>(column)),
        FactType.User => Fact.Of(row.GetGuid(column).ToString()),
        FactType.Flag => Fact.Of(row.GetBoolean(column)),
        FactType.Choices => FactJson.Stored(fact, JsonElement.Parse(row.GetString(column))),
    };

    /// <summary>The values of a custom column, by their facts' keys.</summary>
    public static FactValues Custom(string json, FactCatalog catalog, FactSubject subject)
    {
        if (json == "{}")
        {
            return FactValues.None;
        }

        using var document = JsonDocument.Parse(json);
        return FactValues.Of(catalog.Fields.Where(field => field.Subject == subject)
            .Select(field => (field, there: document.RootElement.TryGetProperty(field.Key, out var value), value))
            .Where(one => one.there)
            .Select(one => KeyValuePair.Create(one.field.FactKey, FactJson.Stored(catalog.Find(one.field.FactKey)!, one.value))));
    }

    /// <summary>The custom column that holds these values.</summary>
    public static string Custom(FactValues values, FactCatalog catalog,
        FactSubject subject) => JsonSerializer.Serialize(values.OfCustom(catalog, subject), WireNames.Json);

    /// <summary>The values of custom fields, by the fields' own keys: as requests and answers have them.</summary>
    public static Dictionary<string, JsonElement> OfCustom(this FactValues values, FactCatalog catalog,
        FactSubject subject) => catalog.Fields
        .Where(field => field.Subject == subject && values[field.FactKey].Value is not null)
        .OrderBy(field => field.Position).ThenBy(field => field.Key, StringComparer.Ordinal)
        .ToDictionary(field => field.Key, field => values[field.FactKey].ToStored()!.Value);

    /// <summary>What a column of its type takes.</summary>
    public static (NpgsqlDbType Type, object? Value) Parameter(FactDefinition fact, Fact value) => fact.Type switch
    {
        FactType.Choice when fact.Choices is { IsNumbered: true, Listed: var listed } => (NpgsqlDbType.Smallint,
            listed!.FirstOrDefault(choice => choice.Code == value.Value as string)?.Number),
        FactType.Choice when fact.Choices?.Kind == ChoiceKind.Currencies => (NpgsqlDbType.Char, value.Value),
        FactType.Text or FactType.Choice => (NpgsqlDbType.Text, value.Value),
        FactType.Number or FactType.Money or FactType.Count => (NpgsqlDbType.Numeric, value.Value),
        FactType.Date => (NpgsqlDbType.Date, value.Value),
        FactType.User => (NpgsqlDbType.Uuid, value.Value is string id ? Guid.Parse(id) : null),
        FactType.Flag => (NpgsqlDbType.Boolean, value.Value),
        FactType.Choices => (NpgsqlDbType.Jsonb, value.ToStored()?.GetRawText()),
    };

    /// <summary>An amount with its currency, where it has one.</summary>
    public static Fact WithCurrency(Fact amount, string? currency) =>
        amount.Value is decimal number && currency is not null ? Fact.Of((Money?)new Money(number, currency)) : amount;

    private static string Readable(FactDefinition fact) => fact.Type == FactType.Choices ? $"({fact.Sql})::text" : fact.Sql;

    private static string CurrencyOf(FactDefinition fact) => fact.CurrencySql is { } sql ? $"{sql}::text" : "null::text";

    private static string? Code(IReadOnlyList<ListedChoice> listed,
        short number) => listed.FirstOrDefault(choice => choice.Number == number)?.Code;
}
