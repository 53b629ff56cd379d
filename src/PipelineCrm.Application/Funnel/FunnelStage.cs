using PipelineCrm.Domain;

namespace PipelineCrm.Funnel;

/// <summary>One stage's numbers; what each counts stands at <see cref="FunnelNumber"/>.</summary>
/// <param name="NextPercent">Null in a snapshot, for the last stage, and where n is 0. Percentages are not rounded.</param>
/// <param name="MedianDays">Passed: Kaplan–Meier median of the stays, null where it is not reached. Snapshot: median of the days so
/// far.</param>
public sealed record FunnelStage(
    Stage Stage,
    long N,
    long Skipped,
    decimal Amount,
    long WithoutAmount,
    double? NextPercent,
    double? CumulativePercent,
    double? MedianDays,
    FunnelLost Lost)
{
    public long Next { get; init; }

    public long Cumulative { get; init; }

    /// <summary>Snapshot: of all open deals, the share in this stage.</summary>
    public double? SharePercent { get; init; }

    public long Stopped { get; init; }

    /// <summary>Of <see cref="Stopped"/>: with those still there, gone back and completed, all of it.</summary>
    public long StoppedLost { get; init; }

    /// <summary>Why those of <see cref="StoppedLost"/> were lost.</summary>
    public IReadOnlyList<LossReason> StoppedReasons { get; init; } = [];

    public long StoppedStill { get; init; }

    public long StoppedBack { get; init; }

    public long Completed => Stopped - StoppedLost - StoppedStill - StoppedBack;

    /// <summary>Gone on, come back, and now here or lost from here; of a snapshot nothing is known of that.</summary>
    public long Returned => Stopped == 0 && Next == 0 ? 0 : Lost.N + Still - StoppedLost - StoppedStill;

    public long Still { get; init; }

    /// <summary>How many deals <see cref="Amount"/> adds up.</summary>
    public long WithAmount { get; init; }

    /// <summary>What of the stage's deals is in other currencies, and so not in <see cref="Amount"/>.</summary>
    public IReadOnlyList<NotConverted> NotConverted { get; init; } = [];

    /// <summary>How many stays the median is of, those that still go on included.</summary>
    public long Stays { get; init; }

    /// <summary>Entered, but it is not known when.</summary>
    public long UnknownEntry { get; init; }

    /// <summary>The longest stay seen so far, where the median is not reached: it is more than this.</summary>
    public double? MedianOverDays { get; init; }
}
