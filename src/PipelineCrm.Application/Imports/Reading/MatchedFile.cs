using PipelineCrm.Localization;

namespace PipelineCrm.Imports;

/// <summary>A file with the part of the mapping that its header fits.</summary>
/// <param name="Order">The place of that part in the mapping; files are read in this order.</param>
internal sealed record MatchedFile(CsvSource Source, char Separator, CsvHeader Header, MappedFile Mapped, int Order)
{
    public IEnumerable<CsvRow> Rows() => Source.Rows(Separator);

    /// <summary>A file fits where it has all columns that the mapping names; among several the one that names most.</summary>
    public static MatchedFile Match(CsvSource source, ImportMapping mapping)
    {
        var fitting =
            from cut in source.Headers()
            from part in mapping.Files.Select((file, order) => (file, order))
            where part.file.Columns.All(cut.Header.Has)
            orderby part.file.Columns.Count descending
            select new MatchedFile(source, cut.Separator, cut.Header, part.file, part.order);
        return fitting.FirstOrDefault() ?? throw new UnreadableFileException(ImportMessages.NoHeaderMatch(
            source.Name, mapping.Name, string.Join("; ", mapping.Files.Select(file => $"{file.Name} ({string.Join(", ", file.Columns)})"))));
    }
}
