namespace PipelineCrm.Funnel;

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
