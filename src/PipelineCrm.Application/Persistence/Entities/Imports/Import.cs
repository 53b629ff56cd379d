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
