using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>One run of an import.</summary>
/// <param name="Zone">The IANA name of the zone that the files' dates are in: the mapping's, else the organisation's.</param>
internal sealed record ImportRun(ImportMapping Mapping, string Zone, IReadOnlyList<MatchedFile> Files, UserId Admin, DateTimeOffset Now)
{
    /// <summary>What nobody said and was found or taken: sentences for who imports.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. Mapping.TimeZone is null ? [ImportMessages.ZoneTaken(Zone)] : Array.Empty<string>(),
        .. Files.Where(file => file.Source.Encoding != TextEncoding.Utf8)
            .Select(file => ImportMessages.ReadAs(file.Source.Name, file.Source.Encoding.WebName)),
    ];

    /// <summary>What is stored of it.</summary>
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
