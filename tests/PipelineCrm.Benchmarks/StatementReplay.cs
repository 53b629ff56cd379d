using System.Text.RegularExpressions;

namespace PipelineCrm.Benchmarks;

/// <summary>Turns logged statements into SQL without parameters, in which chosen texts become expressions.</summary>
internal static partial class StatementReplay
{
    private static readonly string[] HistoryTypes = ["text[]", "text[]", "text[]", "text[]", "text[]", "bigint[]", "uuid[]", "bigint[]"];

    /// <param name="varying">What stands in the logged values, and the SQL text expression to put there instead.</param>
    public static string Literal(Statement statement, IReadOnlyList<(string Found, string Expression)> varying)
    {
        var unnested = new Dictionary<int, string>();
        foreach (var match in Unnest().Matches(statement.Sql).Cast<Match>())
        {
            var places = Place().Matches(match.Value).Select(place => int.Parse(place.Groups[1].ValueSpan, null)).ToList();
            if (places.Count == 0)
            {
                continue;
            }

            string[] types = places.Count == HistoryTypes.Length ? HistoryTypes
                : [statement.Values[places[0] - 1]?.Contains('-', StringComparison.Ordinal) == true ? "uuid[]" : "smallint[]"];
            places.Zip(types).ToList().ForEach(pair => unnested[pair.First] = pair.Second);
        }

        return Place().Replace(statement.Sql, place =>
        {
            var number = int.Parse(place.Groups[1].ValueSpan, null);
            return Value(statement.Values[number - 1], unnested.GetValueOrDefault(number), varying);
        });
    }

    private static string Value(string? text, string? type, IReadOnlyList<(string Found, string Expression)> varying)
    {
        if (text is null)
        {
            return type is null ? "null" : $"null::{type}";
        }

        var parts = new List<string> { Quote(text) };
        var changed = false;
        foreach (var (found, expression) in varying)
        {
            if (text.Contains(found, StringComparison.Ordinal))
            {
                changed = true;
                text = text.Replace(found, $"\u0001{expression}\u0002", StringComparison.Ordinal);
            }
        }

        if (changed)
        {
            parts = [.. Pieces().Split(text).Where(piece => piece.Length > 0)
                .Select(piece => piece[0] == '\u0001' ? piece[1..^1] : Quote(piece))];
        }

        var joined = changed ? $"({string.Join(" || ", parts)})" : parts[0];
        type ??= Shape(text, changed, parts.Count);
        return type is null ? joined : $"{joined}::{type}";
    }

    /// <summary>A bare literal takes the type of its place; what is put together says its own.</summary>
    private static string? Shape(string text, bool changed, int parts) => text switch
    {
        _ when Instant().IsMatch(text) => "timestamptz",
        _ when !changed => null,
        _ when text.StartsWith("\u0001transaction", StringComparison.Ordinal) => "timestamptz",
        _ when text.StartsWith("{\"", StringComparison.Ordinal) => "jsonb",
        ['{', ..] => "uuid[]",
        _ when text.Contains("currval", StringComparison.Ordinal) => "bigint",
        _ when text.Contains(":v", StringComparison.Ordinal) && parts == 1
            && !text.Contains("'move-'", StringComparison.Ordinal) => "bigint",
        _ when text.Contains("'move-'", StringComparison.Ordinal) => null,
        _ => "uuid",
    };

    /// <summary>pgbench takes a colon before a letter for a variable, also inside a literal.</summary>
    private static string Quote(string text) =>
        "E'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)
            .Replace(":", "\\u003a", StringComparison.Ordinal).Replace("$", "\\u0024", StringComparison.Ordinal) + "'";

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Place();

    [GeneratedRegex(@"unnest\([^()]*\)")]
    private static partial Regex Unnest();

    [GeneratedRegex("(\u0001[^\u0002]*\u0002)")]
    private static partial Regex Pieces();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Instant();
}
