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
        var cuts =
            from cut in source.Headers()
            from part in mapping.Files.Select((file, order) => (file, order))
            let missing = part.file.Columns.Where(column => !cut.Header.Has(column)).ToList()
            orderby missing.Count == 0 descending, part.file.Columns.Count - missing.Count descending, missing.Count
            select (File: new MatchedFile(source, cut.Separator, cut.Header, part.file, part.order), Missing: missing);
        var (nearest, lacks) = cuts.First();
        return lacks.Count == nearest.Mapped.Columns.Count ? throw new UnreadableFileException(NoMatch(source, mapping))
            : lacks.Count > 0 ? throw new UnreadableFileException(
                ImportMessages.HeaderLacks(source.Name, nearest.Mapped.Name, mapping.Name, string.Join(", ", lacks)))
            : nearest.Header.Twice.Distinct().ToList() is { Count: > 0 } twice
                ? throw new UnreadableFileException(ImportMessages.ColumnTwice(source.Name, string.Join(", ", twice)))
            : nearest;
    }

    private static string NoMatch(CsvSource source, ImportMapping mapping) => ImportMessages.NoHeaderMatch(
        source.Name, mapping.Name, string.Join("; ", mapping.Files.Select(file => $"{file.Name} ({string.Join(", ", file.Columns)})")));
}
