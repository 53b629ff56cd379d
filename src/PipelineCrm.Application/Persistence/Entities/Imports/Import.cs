namespace PipelineCrm.Persistence.Entities;

/// <summary>One import that was taken over: its options, its result, and whether it was undone.</summary>
internal sealed class Import
{
    /// <summary>Counted up, since people type it.</summary>
    public int Id { get; init; }
    public DateTimeOffset At { get; init; }
    public UserId? ByUser { get; init; }
    public required string Mapping { get; init; }

    /// <summary>Their names; their content is never stored.</summary>
    public required List<string> Files { get; init; }

    /// <summary>JSON: how many of each kind.</summary>
    public required string Created { get; init; }
    public required string Updated { get; init; }
    public long Rejected { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
    public UserId? UndoneBy { get; set; }
}
