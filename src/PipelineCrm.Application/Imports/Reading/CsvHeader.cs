namespace PipelineCrm.Imports;

internal sealed class CsvHeader(IReadOnlyList<string> columns)
{
    private readonly Dictionary<string, int> _index = columns.Select((name, index) => (name, index))
        .DistinctBy(one => one.name).ToDictionary(one => one.name, one => one.index, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Columns => columns;

    public bool Has(string column) => _index.ContainsKey(column);

    public int IndexOf(string column) => _index[column];
}
