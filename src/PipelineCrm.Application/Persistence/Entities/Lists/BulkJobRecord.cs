namespace PipelineCrm.Persistence.Entities;

/// <summary>One of the records that a job changes, and what became of it.</summary>
internal sealed class BulkJobRecord
{
    public Guid JobId { get; init; }
    public Guid RecordId { get; init; }

    /// <summary>That the user had seen; null where a job is taken back: the one that it was left with.</summary>
    public long? Version { get; init; }

    /// <summary>Null: not yet tried.</summary>
    public BulkOutcome? Outcome { get; set; }

    /// <summary>That it has since it was changed.</summary>
    public long? ChangedVersion { get; set; }

    /// <summary>JSON of what the changed fields were.</summary>
    public string? Before { get; set; }
    public bool? WasArchived { get; set; }

    /// <summary>Of a deal that was moved: what is to be undone.</summary>
    public long? TransitionId { get; set; }
    public string? Code { get; set; }
    public string? Message { get; set; }
}

/// <summary>The numbers stand in the database.</summary>
internal enum BulkOutcome
{
    Changed = 1,
    Unchanged = 2,
    Refused = 3,
}
