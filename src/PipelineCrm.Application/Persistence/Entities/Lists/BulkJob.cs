using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>The same done to many records: written before it begins, so that it goes on whatever becomes of the page that asked.</summary>
internal sealed class BulkJob
{
    public Guid Id { get; init; }
    public UserId UserId { get; init; }
    public FactSubject Subject { get; init; }

    /// <summary>JSON of what is written; null where the records are archived, restored, or are again what they were.</summary>
    public string? Fields { get; init; }
    public bool? Archived { get; init; }

    /// <summary>JSON of where deals are moved.</summary>
    public string? Move { get; init; }

    /// <summary>Where it was asked for.</summary>
    public Channel Channel { get; init; }

    /// <summary>The job that this one takes back.</summary>
    public Guid? Undoes { get; init; }

    /// <summary>In which refusals are told.</summary>
    public required string Language { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why it ended early, for the person; empty: because its user stopped it; null: it did not.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Whether its user has been shown what became of it.</summary>
    public bool Seen { get; set; }

    public User User { get; init; } = null!;
    public BulkJob? Undone { get; init; }
    public List<BulkJobRecord> Records { get; init; } = [];
}
