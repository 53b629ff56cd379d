using PipelineCrm.Domain;
using PipelineCrm.Lists;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>What is to be done to records; what is not said is asked for.</summary>
/// <param name="Archive">Into the archive or out of it; null: a fact is written.</param>
public sealed record BulkAsk(IReadOnlyList<SeenRecord> Records, string? Fact = null, bool? Archive = null)
{
    /// <summary>Deals are moved.</summary>
    public bool Moves { get; init; }

    /// <summary>Where deals are moved, if that is said.</summary>
    public Place? To { get; init; }

    /// <summary>Nothing is asked: a job that there is is shown.</summary>
    public BulkJobView? Job { get; init; }

    /// <summary>Nothing is asked: this job is taken back.</summary>
    public BulkJobView? Back { get; init; }
}
