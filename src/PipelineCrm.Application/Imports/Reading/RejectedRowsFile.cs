using CsvHelper;

namespace PipelineCrm.Imports;

/// <summary>Gives bad rows back as they came, with a last column that says what is wrong, so that they can be mended and imported again.</summary>
internal sealed class RejectedRowsFile(CsvWriter writer) : IDisposable
{
    private const string ReasonColumn = "reason";

    public static RejectedRowsFile Create(Stream stream, MatchedFile file)
    {
        var writer = CsvWriter.Create(stream, new CsvWriterOptions { Separator = file.Separator, ValidateFieldCount = false });
        foreach (var column in file.Header.Columns.Where(column => column != ReasonColumn))
        {
            writer.WriteField(column);
        }

        writer.WriteField(ReasonColumn);
        writer.EndRecord();
        return new RejectedRowsFile(writer);
    }

    public void Write(CsvRow row, IReadOnlyList<RowError> errors)
    {
        for (var i = 0; i < row.Values.Count; i++)
        {
            if (i >= row.Header.Columns.Count || row.Header.Columns[i] != ReasonColumn)
            {
                writer.WriteField(row.Values[i]);
            }
        }

        writer.WriteField(string.Join("; ", errors.Select(error => error.Column.Length == 0 ? error.Reason : $"{error.Column}: {error.Reason}")));
        writer.EndRecord();
    }

    public void Dispose() => writer.Dispose();
}
