namespace PipelineCrm.Analytics;

/// <summary>Stays of one length.</summary>
/// <param name="Seconds">How long they took, or have lasted so far.</param>
/// <param name="Ended">How many ended after that long.</param>
/// <param name="GoingOn">How many had lasted that long when they were last looked at (censored).</param>
public readonly record struct Stays(long Seconds, long Ended, long GoingOn);

/// <summary>Stays of all lengths, in seconds and in no order: those that ended, and those that go on, so far.</summary>
internal sealed record StayLengths(long[] Ended, long[] GoingOn)
{
    public static readonly StayLengths None = new([], []);

    private const int Portions = 4096;

    public int Count => Ended.Length + GoingOn.Length;

    public long Longest => Math.Max(Ended.DefaultIfEmpty().Max(), GoingOn.DefaultIfEmpty().Max());

    /// <summary>Each length once, shortest first; sorted portion by portion, as far as somebody asks.</summary>
    public IEnumerable<Stays> ByLength()
    {
        var width = (Longest / Portions) + 1;
        var (ended, goingOn) = (Portioned(Ended, width), Portioned(GoingOn, width));
        for (var portion = 0; portion < Portions; portion++)
        {
            var (e, lastEnded) = Sorted(ended, portion);
            var (g, lastGoingOn) = Sorted(goingOn, portion);
            while (e < lastEnded || g < lastGoingOn)
            {
                var seconds = Math.Min(e < lastEnded ? ended.Values[e] : long.MaxValue, g < lastGoingOn ? goingOn.Values[g] : long.MaxValue);
                var (firstEnded, firstGoingOn) = (e, g);
                e = Past(ended.Values, e, lastEnded, seconds);
                g = Past(goingOn.Values, g, lastGoingOn, seconds);
                yield return new Stays(seconds, e - firstEnded, g - firstGoingOn);
            }
        }
    }

    /// <summary>Puts lengths of one portion side by side: one pass, where sorting millions takes twenty.</summary>
    private static (long[] Values, int[] Ends) Portioned(long[] lengths, long width)
    {
        var ends = new int[Portions];
        foreach (var length in lengths)
        {
            ends[length / width]++;
        }

        var start = 0;
        for (var portion = 0; portion < Portions; portion++)
        {
            (ends[portion], start) = (start, start + ends[portion]);
        }

        var values = new long[lengths.Length];
        foreach (var length in lengths)
        {
            values[ends[length / width]++] = length;
        }

        return (values, ends);
    }

    private static (int First, int End) Sorted((long[] Values, int[] Ends) lengths, int portion)
    {
        var (first, end) = (portion == 0 ? 0 : lengths.Ends[portion - 1], lengths.Ends[portion]);
        lengths.Values.AsSpan(first..end).Sort();
        return (first, end);
    }

    private static int Past(long[] values, int from, int end, long length)
    {
        while (from < end && values[from] == length)
        {
            from++;
        }

        return from;
    }
}

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
    public static IEnumerable<(long Seconds, double Survival)> Curve(IReadOnlyCollection<Stays> stays)
    {
        var byLength = stays
            .GroupBy(s => s.Seconds)
            .Select(g => new Stays(g.Key, g.Sum(s => s.Ended), g.Sum(s => s.GoingOn)))
            .OrderBy(s => s.Seconds);
        return Curve(byLength, stays.Sum(s => s.Ended + s.GoingOn));
    }

    /// <summary>The least t with S(t) ≤ 1 − p; null where that is not reached. With no stay going on: the plain lower quantile.</summary>
    public static long? Quantile(IReadOnlyCollection<Stays> stays, double p) => Quantile(Curve(stays), p);

    public static long? Quantile(StayLengths stays, double p) => Quantile(Curve(stays.ByLength(), stays.Count), p);

    private static IEnumerable<(long Seconds, double Survival)> Curve(IEnumerable<Stays> byLength, long atRisk)
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
