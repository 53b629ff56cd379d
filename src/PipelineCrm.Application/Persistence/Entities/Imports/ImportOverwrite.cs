namespace PipelineCrm.Persistence.Entities;

/// <summary>A value that an import overwrote; stored until the import is undone, since history does not store personal values.</summary>
internal sealed class ImportOverwrite
{
    public int ImportId { get; set; }

    /// <summary>What was there before the import: "customer" or "product".</summary>
    public required string Entity { get; init; }
    public Guid EntityId { get; init; }

    /// <summary>The entity's property.</summary>
    public required string Field { get; init; }

    /// <summary>JSON, null included.</summary>
    public required string Before { get; init; }
    public required string After { get; init; }
}
