using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>What a request wants to know besides the deal; everything unset is not asked.</summary>
internal sealed record MoveInputs
{
    public DealId? Deal { get; init; }

    /// <summary>The customer that a deal is opened for; null: that of <see cref="Deal"/>.</summary>
    public CustomerId? Customer { get; init; }
    public bool Refers { get; init; }

    /// <summary>For undo: the deal that the move opened, to be taken back too.</summary>
    public DealId? Follower { get; init; }

    /// <summary>For undo: what else to read under the locks.</summary>
    public Action<SqlBatch, FactCatalog>? AlsoRead { get; init; }
    public string? Key { get; init; }
    public Stage? TargetStage { get; init; }

    /// <summary>Without a target stage: the next one; otherwise the deal's own.</summary>
    public bool Advances { get; init; }
    public DealId? PlaceBefore { get; init; }
    public DealId? PlaceAfter { get; init; }

    /// <summary>What is to be written to a deal.</summary>
    public MoveFields Fields { get; init; } = MoveFields.None;
    public string? LossCode { get; init; }
    public string? OverrideCode { get; init; }
}
