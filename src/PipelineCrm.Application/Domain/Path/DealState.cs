using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>What the machine keeps of a deal: where it stands and its clocks. All of it follows from the ledger.</summary>
/// <param name="EnteredStageAt">When the present stage's clock started.</param>
/// <param name="EntryKnown">False where the instant of the entry was not recorded (some imported deals): no time in stage follows.</param>
/// <param name="StoppedAt">Since when the clock stands; null while it runs.</param>
/// <param name="PausedSeconds">How long it stood before, in this stay.</param>
/// <param name="WonAt">The first entry into Purchase (or beyond) that is not undone.</param>
/// <param name="FurthestStage">The furthest stage counted so far.</param>
/// <param name="ClosedAt">When it became Lost or Completed; null while it is open.</param>
public sealed record DealState(
    Stage Stage,
    Outcome Outcome,
    DateTimeOffset EnteredStageAt,
    bool EntryKnown,
    DateTimeOffset? StoppedAt,
    long PausedSeconds,
    DateTimeOffset? WonAt,
    Stage FurthestStage,
    DateTimeOffset? ClosedAt)
{
    [JsonIgnore]
    public Position Position => new(Stage, Outcome);

    /// <summary>
    /// What the stage's clock shows; null where the entry is not known. One rule of rounding everywhere, in the ledger, in what reports
    /// keep (the views funnel_entries_due and funnel_spans_due) and where deals are shown: whole seconds from the entry to the end, less
    /// the whole seconds of each pause, never below 0.
    /// </summary>
    public long? SecondsInStage(DateTimeOffset at) =>
        EntryKnown ? Math.Max(0, Seconds(EnteredStageAt, StoppedAt ?? at) - PausedSeconds) : null;

    internal static long Seconds(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (long)(to - from).TotalSeconds);
}

/// <summary>What a transition did to its deal.</summary>
/// <param name="SecondsInStage">Time spent in the stage that was left, by losing and completing too; null where none was left or it is not
/// known.</param>
/// <param name="CountedFrom">The first stage that the deal reached for the first time with it; null where none.</param>
/// <param name="CountedTo">The last such stage; those before it were skipped.</param>
public sealed record TransitionEffect(DealState State, long? SecondsInStage, Stage? CountedFrom, Stage? CountedTo);
