using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>The permanent record of an accepted move. Read here; only the ledger writer appends.</summary>
internal sealed class Transition
{
    public long Id { get; init; }
    public DealId DealId { get; init; }
    public int Seq { get; init; }
    public MoveKind Kind { get; init; }
    public MoveKind? ImportedKind { get; init; }
    public Stage? FromStage { get; init; }
    public Outcome? FromOutcome { get; init; }
    public Stage ToStage { get; init; }
    public Outcome ToOutcome { get; init; }
    public DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public UserId? ByUser { get; init; }
    public Channel Channel { get; init; }
    public int? RuleSet { get; init; }
    public required string Conditions { get; init; }
    public string? Override { get; init; }
    public string? ReasonCode { get; init; }
    public string? ReasonText { get; init; }
    public string? IdempotencyKey { get; init; }
    public long? SecondsInStage { get; init; }
    public Stage? CountedFrom { get; init; }
    public Stage? CountedTo { get; init; }

    /// <summary>False where the stage was entered before, nobody knows when: no time in it follows.</summary>
    public bool EntryKnown { get; init; } = true;
    public required string Before { get; init; }
    public long? Undoes { get; init; }

    /// <summary>Over its content and the hash of the one before it; the database makes it.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The deal's version that it was written with; null for imported history.</summary>
    public long? Version { get; init; }

    public Position? From => FromStage is { } stage && FromOutcome is { } outcome ? new Position(stage, outcome) : null;

    public Position To => new(ToStage, ToOutcome);
}
