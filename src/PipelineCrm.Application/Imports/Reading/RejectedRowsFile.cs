namespace PipelineCrm.Imports;

/// <summary>Gives bad rows back, with a last column that says what is wrong, so that they can be mended and imported again.</summary>
internal sealed class RejectedRowsFile : IDisposable
{
    private const string ReasonColumn = "reason";

    private readonly Stream _stream;
    private readonly CsvFile _file;

    public RejectedRowsFile(Stream stream, MatchedFile file)
    {
        (_stream, _file) = (stream, new CsvFile(stream, file.Separator));
        _file.Line([.. file.Header.Columns.Where(column => column != ReasonColumn), ReasonColumn]);
    }

    public void Write(CsvRow row, IReadOnlyList<RowError> errors)
    {
        var values = row.Values.Where((_, i) => i >= row.Header.Columns.Count || row.Header.Columns[i] != ReasonColumn);
        _file.Line([.. values,
            string.Join("; ", errors.Select(error => error.Column.Length == 0 ? error.Reason : $"{error.Column}: {error.Reason}"))]);
        _file.Flush();
    }

    public void Dispose()
    {
        _file.Dispose();
        _stream.Dispose();
    }
}
