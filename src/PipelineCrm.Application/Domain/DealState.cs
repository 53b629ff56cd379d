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
    /// What the stage's clock shows; null where the entry is not known. One rule of rounding everywhere, in the ledger, in what reports keep
    /// (the views funnel_entries_due and funnel_spans_due) and where deals are shown: whole seconds from the entry to the end, less the whole
    /// seconds of each pause, never below 0.
    /// </summary>
    public long? SecondsInStage(DateTimeOffset at) =>
        EntryKnown ? Math.Max(0, Seconds(EnteredStageAt, StoppedAt ?? at) - PausedSeconds) : null;

    internal static long Seconds(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (long)(to - from).TotalSeconds);
}

/// <summary>What a transition did to its deal.</summary>
/// <param name="SecondsInStage">Time spent in the stage that was left, by losing and completing too; null where none was left or it is not known.</param>
/// <param name="CountedFrom">The first stage that the deal reached for the first time with it; null where none.</param>
/// <param name="CountedTo">The last such stage; those before it were skipped.</param>
public sealed record Applied(DealState State, long? SecondsInStage, Stage? CountedFrom, Stage? CountedTo);

public static partial class PurchasePath
{
    /// <summary>
    /// The effect of an accepted move, or of a transition that is replayed. Every entry into a stage starts its clock;
    /// an end stops it, reopening lets it go on; repurchase and refer leave their source (<paramref name="to"/> is where it stands) as it is.
    /// </summary>
    /// <param name="before">Null: the deal opens with it.</param>
    /// <param name="entryKnown">False for an imported deal whose entry has no date.</param>
    public static Applied Apply(DealState? before, Position to, DateTimeOffset at, bool entryKnown = true)
    {
        if (before is null)
        {
            return Enter(null, to, at, entryKnown);
        }

        if (to == before.Position)
        {
            return new Applied(before, null, null, null);
        }

        if (to.Stage != before.Stage)
        {
            return Enter(before, to, at, entryKnown);
        }

        return to.Outcome == Outcome.Open
            ? new Applied(Started(before, at) with { Outcome = Outcome.Open, ClosedAt = null }, null, null, null)
            : new Applied(before with { Outcome = to.Outcome, StoppedAt = before.StoppedAt ?? at, ClosedAt = at }, Left(before, at), null, null);
    }

    /// <summary>The effect of an undo: all is as it was before the transition that it takes back.</summary>
    /// <param name="before">The state kept with the undone transition.</param>
    public static Applied Undo(DealState before) => new(before, null, null, null);

    private static Applied Enter(DealState? before, Position to, DateTimeOffset at, bool entryKnown)
    {
        var furthest = before?.FurthestStage;
        var counts = furthest is null || to.Stage > furthest;
        var closed = to.Outcome == Outcome.Open ? (DateTimeOffset?)null : at;
        var state = new DealState(
            to.Stage,
            to.Outcome,
            at,
            entryKnown,
            closed,
            0,
            before?.WonAt ?? (to.Stage >= Stage.Purchase ? at : null),
            counts ? to.Stage : furthest!.Value,
            closed);
        return new Applied(
            state,
            before is null ? null : Left(before, at),
            counts ? (furthest is { } reached ? reached + 1 : Stage.Awareness) : null,
            counts ? to.Stage : null);
    }

    /// <summary>The time in the stage that is left now; a stopped clock's was told when it stopped.</summary>
    private static long? Left(DealState before, DateTimeOffset at) => before.StoppedAt is null ? before.SecondsInStage(at) : null;

    private static DealState Started(DealState before, DateTimeOffset at) =>
        before.StoppedAt is { } stopped
            ? before with { StoppedAt = null, PausedSeconds = before.PausedSeconds + DealState.Seconds(stopped, at) }
            : before;
}
