using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>A field that an admin added; retired, never deleted.</summary>
internal sealed class CustomFieldRow
{
    public required string Key { get; init; }
    public FactSubject Subject { get; init; }
    public FactType Type { get; init; }
    public required string NameEn { get; set; }
    public required string NameZh { get; set; }

    /// <summary>JSON: the values that it takes, in the order they are shown.</summary>
    public string Choices { get; set; } = "[]";
    public int Position { get; set; }
    public bool Retired { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset ChangedAt { get; set; }
    public long Version { get; set; }
}
