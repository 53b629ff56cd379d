using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Funnel;

/// <summary>The funnel counted by hand, deal by deal and move by move, without asking the database.</summary>
public sealed class FunnelOracle(IReadOnlyList<LedgerDeal> deals, DateTimeOffset now)
{
    public sealed record Entry(LedgerDeal Deal, Stage Stage, bool Skipped, Stage Furthest);

    /// <summary>Deals with their first entry into a stage in the period, and whether it was skipped.</summary>
    public IEnumerable<Entry> Passed(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var deal in deals.Where(deal => !deal.Void && deal.ArchivedAt is null))
        {
            var holding = Holding(deal, DateTimeOffset.MaxValue);
            var furthest = holding.Max(row => row.To.Stage);
            foreach (var stage in Stages.All.Where(stage => stage <= furthest))
            {
                var first = holding.First(row => row.To.Stage >= stage);
                if (first.At >= from && first.At < to)
                {
                    yield return new Entry(deal, stage, first.To.Stage != stage, furthest);
                }
            }
        }
    }

    /// <summary>The deals that were open just before the instant, by stage.</summary>
    public IEnumerable<(LedgerDeal Deal, Stage Stage)> Snapshot(DateTimeOffset at) =>
        from deal in deals
        where !deal.Void && Value(deal, "archivedAt", at) is null
        let holding = Holding(deal, at)
        where holding.Count > 0 && holding[^1].To.Outcome == Outcome.Open
        select (deal, holding[^1].To.Stage);

    public static object? Value(LedgerDeal deal, string field, DateTimeOffset at) =>
        deal.Facts.LastOrDefault(fact => fact.Field == field && fact.At < at)?.Value;

    /// <summary>How long the deal's stay lasted that began with its first entry into the stage, and whether it still goes on; null: there
    /// is none.</summary>
    public (long Seconds, bool GoesOn)? FirstStay(LedgerDeal deal, Stage stage)
    {
        var holding = Holding(deal, DateTimeOffset.MaxValue);
        var start = holding.FindIndex(row => row.To.Stage >= stage);
        return holding[start].To.Stage != stage || (start == 0 && !deal.DateKnown) ? null : Stay(holding, start, now);
    }

    /// <summary>How long an open deal had been in its stage; null where its entry is not known.</summary>
    public static long? SoFar(LedgerDeal deal, DateTimeOffset at)
    {
        var holding = Holding(deal, at);
        var start = holding.FindLastIndex(row => row.From?.Stage != row.To.Stage);
        return start == 0 && !deal.DateKnown ? null : Stay(holding, start, at).Seconds;
    }

    /// <summary>Whole seconds from the entry to the end, less the whole seconds of each time that it lay Lost in between.</summary>
    private static (long Seconds, bool GoesOn) Stay(List<LedgerRow> holding, int start, DateTimeOffset end)
    {
        var (entered, paused) = (holding[start].At, 0L);
        var closedAt = (DateTimeOffset?)null;
        foreach (var row in holding.Skip(start + 1))
        {
            if (row.To.Stage != holding[start].To.Stage)
            {
                return (Whole(row.At - entered) - paused, false);
            }

            if (row.To.Outcome == Outcome.Open)
            {
                paused += closedAt is { } since ? Whole(row.At - since) : 0;
                closedAt = null;
            }
            else
            {
                closedAt = row.At;
            }
        }

        return closedAt is { } closed ? (Whole(closed - entered) - paused, false) : (Whole(end - entered) - paused, true);

        static long Whole(TimeSpan time) => (long)time.TotalSeconds;
    }

    /// <summary>The moves before the instant that were not undone before it: what an undo takes back is gone, and so is the undo.</summary>
    private static List<LedgerRow> Holding(LedgerDeal deal, DateTimeOffset at)
    {
        var holding = new List<LedgerRow>();
        foreach (var row in deal.Rows.Where(row => row.At < at))
        {
            if (row.Undoes is null)
            {
                holding.Add(row);
            }
            else
            {
                holding.RemoveAt(holding.Count - 1);
            }
        }

        return holding;
    }
}
