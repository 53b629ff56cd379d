namespace PipelineCrm.Funnel;

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

    /// <summary>Of <see cref="Stopped"/>, now lost from this stage. With those still in it, gone back and completed they are all that
    /// stopped.</summary>
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
