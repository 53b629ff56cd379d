namespace PipelineCrm.Domain;

public static partial class PurchasePath
{
    /// <summary>
    /// The effect of an accepted move, or of a transition that is replayed. Every entry into a stage starts its clock;
    /// an end stops it, reopening lets it go on; repurchase and refer leave their source (<paramref name="to"/> is where it stands) as it
    /// is.
    /// </summary>
    /// <param name="before">Null: the deal opens with it.</param>
    /// <param name="entryKnown">False for an imported deal whose entry has no date.</param>
    public static TransitionEffect Apply(DealState? before, Position to, DateTimeOffset at, bool entryKnown = true)
    {
        if (before is null)
        {
            return Enter(null, to, at, entryKnown);
        }

        if (to == before.Position)
        {
            return new TransitionEffect(before, null, null, null);
        }

        if (to.Stage != before.Stage)
        {
            return Enter(before, to, at, entryKnown);
        }

        return to.Outcome == Outcome.Open
            ? new TransitionEffect(Started(before, at) with { Outcome = Outcome.Open, ClosedAt = null }, null, null, null)
            : new TransitionEffect(before with { Outcome = to.Outcome, StoppedAt = before.StoppedAt ?? at, ClosedAt = at },
                Left(before, at), null, null);
    }

    /// <summary>The effect of an undo: all is as it was before the transition that it takes back.</summary>
    /// <param name="before">The state stored with the undone transition.</param>
    public static TransitionEffect Undo(DealState before) => new(before, null, null, null);

    private static TransitionEffect Enter(DealState? before, Position to, DateTimeOffset at, bool entryKnown)
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
        return new TransitionEffect(
            state,
            before is null ? null : Left(before, at),
            counts ? (furthest is { } reached ? reached + 1 : Stage.Awareness) : null,
            counts ? to.Stage : null);
    }

    /// <summary>The time in the stage that is left now; a stopped clock's was recorded when it stopped.</summary>
    private static long? Left(DealState before, DateTimeOffset at) => before.StoppedAt is null ? before.SecondsInStage(at) : null;

    private static DealState Started(DealState before, DateTimeOffset at) =>
        before.StoppedAt is { } stopped
            ? before with { StoppedAt = null, PausedSeconds = before.PausedSeconds + DealState.Seconds(stopped, at) }
            : before;
}
