using System.Globalization;
using System.Text;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>Comma-separated values (RFC 4180), in UTF-8 with a mark so that spreadsheets read Chinese.</summary>
internal static class Csv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    public static string Line(params object?[] cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>The first lines of a file.</summary>
    public static byte[] Bytes(IEnumerable<string> lines) => [.. Utf8.GetPreamble(), .. More(lines)];

    public static byte[] More(IEnumerable<string> lines) => Utf8.GetBytes(string.Concat(lines));

    private static string Cell(object? cell)
    {
        var text = cell is IFormattable number and not Guid ? number.ToString(null, CultureInfo.InvariantCulture) : cell?.ToString() ?? "";

        // A text that a spreadsheet would take for a formula is marked as text.
        if (cell is not (null or IFormattable) && text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
