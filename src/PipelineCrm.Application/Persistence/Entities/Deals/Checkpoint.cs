namespace PipelineCrm.Persistence.Entities;

/// <summary>A signed statement of where the chains stood; what it says in full stands in the file of checkpoints.</summary>
internal sealed class Checkpoint
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The last rows of each table that it has seen.</summary>
    public long Transitions { get; init; }
    public long Refusals { get; init; }
    public long History { get; init; }
    public int Lines { get; init; }
    public required byte[] Digest { get; init; }

    /// <summary>Fingerprint of the key that signed.</summary>
    public required string Key { get; init; }
    public required byte[] Signature { get; init; }
}
