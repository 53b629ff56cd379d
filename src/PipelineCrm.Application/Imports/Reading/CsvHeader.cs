namespace PipelineCrm.Imports;

internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> _index = new(NameNormalization.OfNames);

    public CsvHeader(IReadOnlyList<string> columns)
    {
        Columns = columns;
        for (var i = 0; i < columns.Count; i++)
        {
            _index.TryAdd(columns[i], i);
        }
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Columns that have the name of one before them, whatever the case of their letters; those without a name are left
    /// alone.</summary>
    public IEnumerable<string> Twice => Columns.Where((name, i) => name.Length > 0 && _index[name] != i);

    public bool Has(string column) => _index.ContainsKey(column);

    public int IndexOf(string column) => _index[column];
}
