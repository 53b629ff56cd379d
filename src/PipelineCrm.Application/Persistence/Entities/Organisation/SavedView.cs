namespace PipelineCrm.Persistence.Entities;

/// <summary>A list's parameters under a name.</summary>
internal sealed class SavedView
{
    public const int NameLength = 100;

    public Guid Id { get; init; }
    public UserId OwnerId { get; init; }

    /// <summary>deals, customers or board.</summary>
    public required string List { get; init; }
    public required string Name { get; set; }

    /// <summary>JSON: an object, or a text as in an address.</summary>
    public required string Query { get; set; }
    public bool Shared { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Version { get; set; }

    public User Owner { get; init; } = null!;
}
