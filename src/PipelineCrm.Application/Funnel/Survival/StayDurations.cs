namespace PipelineCrm.Funnel;

/// <summary>Stays of all lengths, in seconds and in no order: those that ended, and those that go on, so far.</summary>
internal sealed record StayDurations(long[] Ended, long[] GoingOn)
{
    public static readonly StayDurations None = new([], []);

    private const int Portions = 4096;

    public int Count => Ended.Length + GoingOn.Length;

    public long Longest => Math.Max(Ended.DefaultIfEmpty().Max(), GoingOn.DefaultIfEmpty().Max());

    /// <summary>Each length once, shortest first; sorted portion by portion, as far as somebody asks.</summary>
    public IEnumerable<StayCount> ByLength()
    {
        var width = (Longest / Portions) + 1;
        var (ended, goingOn) = (Portioned(Ended, width), Portioned(GoingOn, width));
        for (var portion = 0; portion < Portions; portion++)
        {
            var (e, lastEnded) = Sorted(ended, portion);
            var (g, lastGoingOn) = Sorted(goingOn, portion);
            while (e < lastEnded || g < lastGoingOn)
            {
                var seconds = Math.Min(e < lastEnded ? ended.Values[e] : long.MaxValue,
                    g < lastGoingOn ? goingOn.Values[g] : long.MaxValue);
                var (firstEnded, firstGoingOn) = (e, g);
                e = Past(ended.Values, e, lastEnded, seconds);
                g = Past(goingOn.Values, g, lastGoingOn, seconds);
                yield return new StayCount(seconds, e - firstEnded, g - firstGoingOn);
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
