namespace PipelineCrm.Analytics;

/// <summary>
/// What a funnel is asked about, in the words of the address line: pages and API pass on what was typed,
/// so that both are read by the same rules and say the same where something is wrong.
/// </summary>
/// <param name="Meaning">One of <see cref="FunnelMeaning"/>; passed where it is missing.</param>
/// <param name="From">First day, or instant, of the period; missing: from the beginning.</param>
/// <param name="To">The day, or instant, that the period ends before; missing: no end.</param>
/// <param name="At">Snapshot only: a day (its start) or an instant, not in the future; missing: now.</param>
/// <param name="Team">Includes its subtree.</param>
/// <param name="Filter">JSON: conditions on facts (docs/api.md, filter), on their present values; not of a past instant.</param>
public sealed record FunnelScope(
    string? Meaning = null,
    string? From = null,
    string? To = null,
    string? At = null,
    string? Unit = null,
    string? Team = null,
    string? Owner = null,
    string? Source = null,
    string? Product = null,
    string? Filter = null);

/// <summary>What a funnel's n means; docs/domain.md.</summary>
public enum FunnelMeaning
{
    /// <summary>Deals whose first entry into the stage lies in the period, and how far they have come by now.</summary>
    Passed = 1,

    /// <summary>Open deals per stage at an instant.</summary>
    Snapshot = 2,

    Cohort = 3,

    Flow = 4,
}

/// <summary>What a funnel counts.</summary>
public enum FunnelUnit
{
    Deals = 1,
    Customers = 2,
}

/// <summary>A number of the funnel that opens a list of deals.</summary>
public enum FunnelNumber
{
    /// <summary>The deals counted in the stage.</summary>
    N = 1,

    /// <summary>Of those, the ones that have reached the next or a later stage.</summary>
    Next = 2,

    /// <summary>Of the deals counted in the first stage, the ones that have reached this one.</summary>
    Cumulative = 3,

    /// <summary>Counted without having entered the stage.</summary>
    Skipped = 4,

    /// <summary>Counted, and now lost from this stage.</summary>
    Lost = 5,

    /// <summary>Counted, and not gone on to a later stage.</summary>
    Stopped = 6,

    /// <summary>Counted, and now open in this stage.</summary>
    Still = 7,

    /// <summary>Counted, with an amount in the base currency: what the stage's money adds up.</summary>
    Amount = 8,

    WithoutAmount = 9,

    /// <summary>Counted, with a stay in the stage whose length is known, or known so far: what the median is of.</summary>
    Stays = 10,

    /// <summary>Counted, with an amount in another currency; without a stage, of the whole funnel, each once.</summary>
    NotConverted = 11,

    /// <summary>Of the period: first entered Purchase in it.</summary>
    Won = 12,

    /// <summary>Of the period: lost in it, never won, and lost still.</summary>
    LostNeverWon = 13,

    /// <summary>Of <see cref="Stopped"/>, now lost from this stage. With those still in it, gone back and completed they are all that stopped.</summary>
    StoppedLost = 14,

    /// <summary>Of <see cref="Stopped"/>, now open in this stage.</summary>
    StoppedStill = 15,

    /// <summary>Of <see cref="Stopped"/>, now in an earlier stage.</summary>
    StoppedBack = 16,

    /// <summary>Of <see cref="Stopped"/>, completed: of the last stage only.</summary>
    Completed = 17,

    /// <summary>Gone on and come back: now open in this stage or lost from it, after a later one.</summary>
    Returned = 18,
}
