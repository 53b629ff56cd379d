using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>One run of an import.</summary>
internal sealed record ImportRun(ImportMapping Mapping, IReadOnlyList<MatchedFile> Files, UserId Admin, DateTimeOffset Now)
{
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
