namespace PipelineCrm.Persistence.Entities;

internal sealed class Team : IImported
{
    public const int NameLength = 100;

    public TeamId Id { get; init; }
    public required string Name { get; set; }
    public TeamId? ParentId { get; set; }

    /// <summary>The key in the files of the import that made this team.</summary>
    public string? ExternalKey { get; init; }
    public int? ImportId { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Version { get; set; }
}
