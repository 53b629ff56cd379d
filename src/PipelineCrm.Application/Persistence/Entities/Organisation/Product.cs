namespace PipelineCrm.Persistence.Entities;

internal sealed class Product : IImported
{
    public const int NameLength = 200;

    public ProductId Id { get; init; }
    public required string Name { get; set; }
    public decimal? Price { get; set; }
    public string? Currency { get; set; }
    public bool Active { get; set; }
    public string? ExternalKey { get; init; }
    public int? ImportId { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Version { get; set; }
}

/// <summary>Belongs to a deal and is taken back rather than deleted.</summary>
internal interface IBelonging
{
    DealId DealId { get; }

    /// <summary>Since when it counts no longer; null: it does.</summary>
    DateTimeOffset? WithdrawnAt { get; set; }
    UserId? WithdrawnBy { get; set; }
    long Version { get; set; }
}
