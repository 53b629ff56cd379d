using System.Text.Json;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

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
            : lacks.Count > 0 ? throw new UnreadableFileException(ImportText.HeaderLacks(source.Name, nearest.Mapped.Name, mapping.Name, string.Join(", ", lacks)))
            : nearest.Header.Twice.Distinct().ToList() is { Count: > 0 } twice ? throw new UnreadableFileException(ImportText.ColumnTwice(source.Name, string.Join(", ", twice)))
            : nearest;
    }

    private static string NoMatch(CsvSource source, ImportMapping mapping) => ImportText.NoHeaderMatch(
        source.Name, mapping.Name, string.Join("; ", mapping.Files.Select(file => $"{file.Name} ({string.Join(", ", file.Columns)})")));
}

/// <summary>One run of an import.</summary>
/// <param name="Zone">The IANA name of the zone that the files' dates are in: the mapping's, else the organisation's.</param>
internal sealed record ImportRun(ImportMapping Mapping, string Zone, IReadOnlyList<MatchedFile> Files, UserId Admin, DateTimeOffset Now)
{
    /// <summary>What nobody said and was found or taken: sentences for who imports.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. Mapping.TimeZone is null ? [ImportText.ZoneTaken(Zone)] : Array.Empty<string>(),
        .. Files.Where(file => file.Source.Encoding != TextEncoding.Utf8).Select(file => ImportText.ReadAs(file.Source.Name, file.Source.Encoding.WebName)),
    ];

    /// <summary>What is kept of it.</summary>
    public Import Record(ImportCounts created, ImportCounts updated, long rejected) => new()
    {
        At = Now,
        ByUser = Admin,
        Mapping = Mapping.Name,
        Files = [.. Files.Select(file => file.Source.Name)],
        Created = JsonSerializer.Serialize(created, WireNames.Json),
        Updated = JsonSerializer.Serialize(updated, WireNames.Json),
        Rejected = rejected,
    };
}
