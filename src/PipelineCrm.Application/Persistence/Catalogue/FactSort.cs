using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>
/// The order of a list by facts, what is empty last either way, equal ones by their ids; and the place that a page ends at. A place holds
/// the last shown row's values, nothing of rows that are not shown.
/// </summary>
internal sealed class FactSort
{
    public const int MaxKeys = 5;
    public const string Parameter = "sort";

    private readonly IReadOnlyList<(FactDefinition Fact, bool Down)> _keys;
    private readonly string _id;

    private FactSort(IReadOnlyList<(FactDefinition Fact, bool Down)> keys, string id) => (_keys, _id) = (keys, id);

    /// <summary>As it was asked for, in one form.</summary>
    public string Text => string.Join(',', _keys.Select(key => (key.Down ? "-" : "") + key.Fact.Key));

    /// <summary>What an order of deals d looks at besides them.</summary>
    public string JoinsOfDeal =>
        (_keys.Any(key => key.Fact.Subject == FactSubject.Customer) ? " join customers c on c.id = d.customer_id" : "")
        + (_keys.Any(key => key.Fact.Key == FieldKey.OwnerId) ? " join users o on o.id = d.owner_id" : "");

    /// <summary>Null where no order is asked for.</summary>
    /// <param name="text">Keys of facts, comma-separated, a minus before those that go downwards.</param>
    /// <param name="id">The column of the rows' ids.</param>
    public static Result<FactSort?> Parse(string? text, FactCatalog catalog, FactSubject subject, string id)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Result<FactSort?>.Of(null);
        }

        var keys = new List<(FactDefinition Fact, bool Down)>();
        foreach (var word in text.Split(','))
        {
            var key = word.Trim();
            var down = key.StartsWith('-');
            var fact = catalog.Find(down ? key[1..] : key);
            if (fact?.Sort is null || (subject == FactSubject.Customer && fact.Subject == FactSubject.Deal)
                || keys.Exists(one => one.Fact == fact))
            {
                return ValidationProblem.ForField(Parameter, FieldMessages.UnknownSort);
            }

            keys.Add((fact, down));
        }

        return keys.Count > MaxKeys ? ValidationProblem.ForField(Parameter, FieldMessages.TooManySorts(MaxKeys))
            : Result<FactSort?>.Of(new FactSort(keys, id));
    }

    public string OrderBy => string.Concat(_keys.Select(key => $"{Sql(key.Fact)} {(key.Down ? "desc" : "asc")} nulls last, ")) + _id;

    /// <summary>Columns that a place is made of, to be selected last.</summary>
    public string Columns => string.Concat(_keys.Select(key => $", ({Sql(key.Fact)})::text"));

    /// <param name="column">The first of <see cref="Columns"/>.</param>
    public string Place(NpgsqlDataReader row, int column,
        Guid id) => Write(new SortCursor(Text, [.. _keys.Select((_, i) => row.GetTextOrNull(column + i))], id));

    /// <summary>What comes after a place; null where the text is none of this order.</summary>
    public KeysetPredicate? Read(string text)
    {
        try
        {
            var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
            return JsonSerializer.Deserialize<SortCursor>(Encoding.UTF8.GetString(Convert.FromBase64String(padded))) is
            {
                Sort: { } sort,
                Keys: { } values
            } cut
                && sort == Text && values.Length == _keys.Count
                && values.Zip(_keys).All(pair => pair.First is null || IsOf(pair.Second.Fact.Sort!.Type, pair.First))
                ? Following(cut)
                : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    private KeysetPredicate Following(SortCursor cut)
    {
        var after = $"{_id} > @cut_id";
        for (var i = _keys.Count - 1; i >= 0; i--)
        {
            var (sql, type) = (Sql(_keys[i].Fact), _keys[i].Fact.Sort!.Type);
            after = cut.Keys[i] is null
                ? $"({sql} is null and {after})"
                : $"({sql} {(_keys[i].Down ? "<" : ">")} @cut{i}::{type} or {sql} is null or ({sql} = @cut{i}::{type} and {after}))";
        }

        // What is never empty says where an index is to be entered: a page far down costs what the first one does.
        if (_keys is [{ Fact: { Required: true, Sort: { } first } } leading, ..] && cut.Keys[0] is not null)
        {
            after = $"{Sql(leading.Fact)} {(leading.Down ? "<=" : ">=")} @cut0::{first.Type} and {after}";
        }

        return new KeysetPredicate(after, values =>
        {
            values.AddWithValue("cut_id", cut.Id);
            for (var i = 0; i < cut.Keys.Length; i++)
            {
                if (cut.Keys[i] is { } key)
                {
                    values.Add(new NpgsqlParameter(string.Create(CultureInfo.InvariantCulture, $"cut{i}"),
                        NpgsqlDbType.Text)
                    { Value = key });
                }
            }
        });
    }

    private static string Sql(FactDefinition fact) => SqlTokens.Named.In(fact.Sort!.Sql);

    private static bool IsOf(string type, string text) => type switch
    {
        "numeric" => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "timestamptz" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            && text.Length <= 40,
        "boolean" => text is "true" or "false",
        _ => FieldRules.IsClean(text),
    };

    private static string Write(SortCursor cut) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(cut)).Replace('+', '-')
        .Replace('/', '_').TrimEnd('=');

    private sealed record SortCursor(string Sort, string?[] Keys, Guid Id);

    /// <param name="Sql">A predicate.</param>
    internal sealed record KeysetPredicate(string Sql, Action<NpgsqlParameterCollection> AddTo);
}
