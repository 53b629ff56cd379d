using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace PipelineCrm.Imports;

/// <summary>
/// Where a value comes from: a column, a constant, or a text with columns in it (<c>{column}</c>, <c>{column|value map}</c>).
/// In JSON a plain string names a column.
/// </summary>
/// <param name="Map">The value map that corrects what was found.</param>
/// <param name="Default">Taken where nothing was found.</param>
[JsonConverter(typeof(ExpressionConverter))]
internal sealed partial record Expression(string? Column, string? Value, string? Template, string? Map, string? Default)
{
    public IEnumerable<string> Columns => (Column, Template) switch
    {
        ({ } column, _) => [column],
        (_, { } template) => Parts().Matches(template).Select(match => match.Groups["column"].Value),
        _ => [],
    };

    public IEnumerable<string> Maps => Template is null
        ? Map is null ? [] : [Map]
        : Parts().Matches(Template).Select(match => match.Groups["map"]).Where(map => map.Success).Select(map => map.Value);

    /// <summary>The value in this row, trimmed; null where nothing is there.</summary>
    public string? In(CsvRow row, ImportMapping mapping) => Found(row, mapping) ?? Default;

    /// <summary>What to call it in an error: the columns it reads.</summary>
    public string Label => string.Join(", ", Columns);

    /// <summary>What the file has where it reads, as it stands there.</summary>
    public string Raw(CsvRow row) => string.Join(", ", Columns.Select(column => row[column]));

    private string? Found(CsvRow row, ImportMapping mapping)
    {
        if (Value is not null)
        {
            return Value;
        }

        if (Column is not null)
        {
            return Mapped(row[Column], Map, mapping);
        }

        var any = false;
        var text = Parts().Replace(Template!, match =>
        {
            var value = Mapped(row[match.Groups["column"].Value], match.Groups["map"] is { Success: true } map ? map.Value : null, mapping);
            any |= value is not null;
            return value ?? "";
        });
        return any ? text.Trim() : null;
    }

    private static string? Mapped(string? text, string? map, ImportMapping mapping)
    {
        var value = text?.Trim();
        return string.IsNullOrEmpty(value) ? null
            : map is null ? value
            : mapping.ValueMaps[map].GetValueOrDefault(value, value);
    }

    [GeneratedRegex(@"\{(?<column>[^{}|]+)(\|(?<map>[^{}|]+))?\}")]
    private static partial Regex Parts();
}
