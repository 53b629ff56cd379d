namespace PipelineCrm.Funnel;

/// <summary>Stays of one length.</summary>
/// <param name="Seconds">How long they took, or have lasted so far.</param>
/// <param name="Ended">How many ended after that long.</param>
/// <param name="GoingOn">How many had lasted that long when they were last looked at (censored).</param>
public readonly record struct StayCount(long Seconds, long Ended, long GoingOn);

/// <summary>
/// The product-limit estimator of E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations",
/// Journal of the American Statistical Association 53 (1958), 457–481: S(t) is the product over the lengths t(i) ≤ t
/// of 1 − d(i)/n(i), with d(i) stays ended at t(i) and n(i) stays that lasted at least that long.
/// A stay that goes on counts among the n(i) of its own length: what ends and what is cut off at the same t, ends first.
/// </summary>
internal static class KaplanMeier
{
    /// <summary>Rounding of the product must not hide that a quantile is reached exactly.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>S after each length at which a stay ended, shortest first.</summary>
    public static IEnumerable<(long Seconds, double Survival)> Curve(IReadOnlyCollection<StayCount> stays)
    {
        var byLength = stays
            .GroupBy(s => s.Seconds)
            .Select(g => new StayCount(g.Key, g.Sum(s => s.Ended), g.Sum(s => s.GoingOn)))
            .OrderBy(s => s.Seconds);
        return Curve(byLength, stays.Sum(s => s.Ended + s.GoingOn));
    }

    /// <summary>The least t with S(t) ≤ 1 − p; null where that is not reached. With no stay going on: the plain lower quantile.</summary>
    public static long? Quantile(IReadOnlyCollection<StayCount> stays, double p) => Quantile(Curve(stays), p);

    public static long? Quantile(StayDurations stays, double p) => Quantile(Curve(stays.ByLength(), stays.Count), p);

    private static IEnumerable<(long Seconds, double Survival)> Curve(IEnumerable<StayCount> byLength, long atRisk)
    {
        var survival = 1.0;
        foreach (var (seconds, ended, goingOn) in byLength)
        {
            if (ended > 0)
            {
                survival *= 1 - ((double)ended / atRisk);
                yield return (seconds, survival);
            }

            atRisk -= ended + goingOn;
        }
    }

    private static long? Quantile(IEnumerable<(long Seconds, double Survival)> curve, double p)
    {
        foreach (var (seconds, survival) in curve)
        {
            if (survival <= 1 - p + Tolerance)
            {
                return seconds;
            }
        }

        return null;
    }
}
