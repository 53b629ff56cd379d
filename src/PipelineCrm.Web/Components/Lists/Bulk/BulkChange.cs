using PipelineCrm.Domain;
using PipelineCrm.Lists;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>What was changed of many records, with what takes all of it back.</summary>
public sealed class BulkChange(FactSubject subject, IReadOnlyList<ListRow> rows, IReadOnlyList<RecordEdit> edits)
{
    private readonly Dictionary<Guid, long> _before = rows.ToDictionary(row => row.Id, row => row.Version);

    public FactSubject Subject => subject;

    /// <summary>Of the records by their ids, to tell which ones were left alone.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; } = rows.ToDictionary(row => row.Id, row => row.Name);

    public IReadOnlyList<RecordEdit> Edits { get; private set; } = edits;

    /// <summary>So many were taken back or left alone.</summary>
    public void Skip(int done) => Edits = [.. Edits.Skip(done)];

    /// <summary>A later change was taken back: its records are again what this one made of them, under new versions.</summary>
    public void Follow(BulkChange later, IReadOnlyList<RecordEdit> undone)
    {
        var versions = undone.ToDictionary(edit => edit.Id, edit => edit.Version);
        Edits = [.. Edits.Select(edit => versions.TryGetValue(edit.Id, out var now) && later._before[edit.Id] == edit.Version
            ? edit with { Version = now } : edit)];
    }
}
