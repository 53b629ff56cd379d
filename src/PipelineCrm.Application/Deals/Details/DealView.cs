using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>A deal as it is shown and as the API answers it.</summary>
/// <param name="Version">Goes up with every write of the deal or of what belongs to it.</param>
/// <param name="EnteredStageAt">When the present stage's clock started.</param>
/// <param name="WonAt">The first entry into Purchase that is not undone; stays after back or lose.</param>
public sealed record DealView(
    DealId Id,
    CustomerId CustomerId,
    string CustomerName,
    string Title,
    decimal? Amount,
    string? Currency,
    DateOnly? ExpectedClose,
    string? Source,
    UserId OwnerId,
    string OwnerName,
    long Version,
    Stage Stage,
    Outcome Outcome,
    DateTimeOffset EnteredStageAt,
    DateTimeOffset? WonAt,
    string? LostReason,
    DateTimeOffset? ClosedAt,
    int Cycle,
    DealId? PreviousDealId,
    DealId? ReferredByDealId,
    DateTimeOffset CreatedAt)
{
    /// <summary>Whole seconds on the stage's clock at the instant the view was read; time lying Lost is not counted. Null where the entry is not known.</summary>
    public long? SecondsInStage { get; init; }

    /// <summary>Whether the reader may move and change it; nobody may while it is archived.</summary>
    public bool MayMove { get; init; }

    /// <summary>Whether the reader may archive and restore it.</summary>
    public bool MayArchive { get; init; }

    /// <summary>Since when it is out of board, lists, status and counts; null: it is not.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Its opening was undone: it never was. Only the answer of that undo shows such a deal.</summary>
    public bool Void { get; init; }

    public Position Position => new(Stage, Outcome);
}
