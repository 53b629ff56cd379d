using System.Globalization;
using CsvHelper;

namespace PipelineCrm.Kernel;

/// <summary>
/// Comma-separated values (RFC 4180), in UTF-8 with a byte order mark so that spreadsheets read Chinese: the one way in which files are
/// given out. Lines gather until they are flushed, so that a long file costs no memory.
/// </summary>
public sealed class CsvFile : IDisposable
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const string FormulaStarts = "=+-@\t\r";

    private readonly Stream _target;
    private readonly MemoryStream _lines = new();
    private readonly CsvWriter _writer;

    public CsvFile(Stream target, char separator = ',')
    {
        _target = target;
        _writer = CsvWriter.Create(_lines,
            new CsvWriterOptions { Separator = separator, ValidateFieldCount = false, WriteByteOrderMark = true }, leaveOpen: true);
    }

    /// <summary>Numbers with a point; a <see cref="DateTime"/> as a day and a time that spreadsheets read, without a zone: the head says
    /// which.</summary>
    public void Line(params IEnumerable<object?> cells)
    {
        foreach (var cell in cells)
        {
            _writer.WriteField(Text(cell));
        }

        _writer.EndRecord();
    }

    public void Flush()
    {
        _writer.Flush();
        _lines.WriteTo(_target);
        _lines.SetLength(0);
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        _writer.Flush();
        await _target.WriteAsync(_lines.GetBuffer().AsMemory(0, (int)_lines.Length), ct);
        _lines.SetLength(0);
    }

    /// <summary>What has not been flushed is not written.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _lines.Dispose();
    }

    private static string Text(object? cell) => cell switch
    {
        null => "",
        string text => Guarded(text),
        decimal number => Money.Plain(number).ToString(CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime local => local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Guarded(cell.ToString() ?? ""),
    };

    /// <summary>A text that a spreadsheet would take for a formula is marked as text; a number is none.</summary>
    private static string Guarded(string text) =>
        text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal)
        && !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? "'" + text
            : text;

    /// <summary>A text as it was before it was marked, for files of ours that come back.</summary>
    internal static string Unguarded(string text) =>
        text.Length > 1 && text[0] == '\'' && FormulaStarts.Contains(text[1], StringComparison.Ordinal) ? text[1..] : text;
}
