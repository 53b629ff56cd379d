using PipelineCrm.Common;

namespace PipelineCrm.Persistence.Entities;

/// <summary>One import that was taken over: what it was told, what came of it, and whether it was undone.</summary>
internal sealed class Import
{
    /// <summary>Counted up, since people type it.</summary>
    public int Id { get; init; }
    public DateTimeOffset At { get; init; }
    public UserId? ByUser { get; init; }
    public required string Mapping { get; init; }

    /// <summary>Their names; what they held is kept nowhere.</summary>
    public required List<string> Files { get; init; }

    /// <summary>JSON: how many of each kind.</summary>
    public required string Created { get; init; }
    public required string Updated { get; init; }
    public long Rejected { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
    public UserId? UndoneBy { get; set; }
}

/// <summary>A value that an import wrote over another; kept until the import is undone, since history does not keep personal values.</summary>
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

/// <summary>Something that an import may have made.</summary>
internal interface IImported
{
    /// <summary>The import that made it; null where people did.</summary>
    int? ImportId { get; set; }
}
