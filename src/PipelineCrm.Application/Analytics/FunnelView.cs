using PipelineCrm.Domain;

namespace PipelineCrm.Analytics;

/// <summary>The funnel as it is shown and as the API answers it.</summary>
/// <param name="Definition">What n means, in the reader's language.</param>
/// <param name="TimeZone">The organisation's: its days bound the period.</param>
/// <param name="Currency">The base currency: all money but <paramref name="NotConverted"/> is in it.</param>
/// <param name="Summary">Null for a snapshot, which has no period.</param>
/// <param name="NotConverted">Counted deals with an amount in another currency, each deal once.</param>
public sealed record FunnelView(
    FunnelMeaning Meaning,
    string Definition,
    string TimeZone,
    string Currency,
    DateTimeOffset Instant,
    IReadOnlyList<FunnelStage> Stages,
    FunnelSummary? Summary,
    IReadOnlyList<NotConverted> NotConverted);

/// <summary>One stage's numbers; what each counts stands at <see cref="FunnelNumber"/>.</summary>
/// <param name="NextPercent">Null in a snapshot, for the last stage, and where n is 0. Percentages are not rounded.</param>
/// <param name="MedianDays">Passed: Kaplan–Meier median of the stays, null where it is not reached. Snapshot: median of the days so far.</param>
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

/// <param name="Reasons">The most frequent first; a missing reason is the code <c>unknown</c>.</param>
public sealed record FunnelLost(long N, IReadOnlyList<LossReason> Reasons);

/// <summary>How often a reason was given for losing.</summary>
/// <param name="Code">A loss reason's code, or <c>unknown</c>.</param>
public sealed record LossReason(string Code, long N);

/// <summary>What was decided in the period.</summary>
/// <param name="WinRatePercent">won / (won + lost that were never won); null where nothing was decided.</param>
/// <param name="WonAmount">In the base currency.</param>
/// <param name="TimeToWinMedianDays">From creation to the first entry into Purchase.</param>
public sealed record FunnelSummary(
    long Won,
    long LostNeverWon,
    double? WinRatePercent,
    decimal WonAmount,
    double? TimeToWinMedianDays,
    double? TimeToWinMeanDays)
{
    public long WonWithoutAmount { get; init; }
}

/// <summary>What no sum in the base currency holds, since it was in another one.</summary>
public sealed record NotConverted(string Currency, decimal Amount, long N);
