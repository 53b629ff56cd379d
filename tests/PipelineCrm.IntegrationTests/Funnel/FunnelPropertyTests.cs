using PipelineCrm.Domain;
using PipelineCrm.Funnel;

namespace PipelineCrm.IntegrationTests.Funnel;

/// <summary>Over random ledgers, filters and viewers: every number is what counting by hand gives, and opens exactly its deals.</summary>
public sealed class FunnelPropertyTests(TestCluster cluster)
{
    private static readonly DateTimeOffset Start = new(TimeProvider.System.GetUtcNow().Date.AddDays(-400), TimeSpan.Zero);

    /// <summary>With nothing projected, some, and all.</summary>
    public static TheoryData<int, int> Seeds => new() { { 1, 0 }, { 2, 25 }, { 3, 1000 } };

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Passed_counts_what_counting_by_hand_counts_and_lists_it(int seed, int folded)
    {
        await using var crm = await New();
        var world = await FunnelScenario.Make(crm, seed, Start, folded);
        foreach (var (viewer, sees, filter) in world.Questions(Start))
        {
            var view = await world.Ask(viewer, filter.Scope);
            var seen = world.Deals.Where(deal => sees(deal.Owner) && filter.Now(deal)).ToList();
            var oracle = new FunnelOracle(seen, view.Instant);
            await CheckPassed(world, viewer, filter, view, oracle);
            await CheckSummary(world, viewer, filter, view, seen);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_snapshot_counts_what_was_open_then_with_the_values_of_then_and_lists_it(int seed, int folded)
    {
        await using var crm = await New();
        var world = await FunnelScenario.Make(crm, seed + 100, Start, folded);
        foreach (var (viewer, sees, filter) in world.Questions(Start))
        {
            foreach (var at in new DateTimeOffset?[] { null, Start.AddDays(40), Start.AddDays(90.5), Start.AddDays(200) })
            {
                var scope = filter.Scope with
                {
                    Meaning = "snapshot",
                    From = null,
                    To = null,
                    At = at is { } time ? FunnelScenario.Text(time) : null
                };
                var view = await world.Ask(viewer, scope);
                var counted = new FunnelOracle([.. world.Deals.Where(deal => sees(deal.Owner))], view.Instant).Snapshot(view.Instant)
                    .Where(c => filter.Then(c.Deal, view.Instant))
                    .ToList();
                await CheckSnapshot(world, viewer, scope, view, counted);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_snapshot_and_the_changes_since_make_the_next_snapshot(int seed, int folded)
    {
        await using var crm = await New();
        var world = await FunnelScenario.Make(crm, seed + 200, Start, folded);
        var (viewer, _) = world.Viewers[0];
        var (from, to) = (Start.AddDays(50), Start.AddDays(130));
        var opening = await world.Ask(viewer, new FunnelScope("snapshot", At: FunnelScenario.Text(from)));
        var closing = await world.Ask(viewer, new FunnelScope("snapshot", At: FunnelScenario.Text(to)));
        foreach (var stage in Stages.All)
        {
            var change = world.Deals.Where(deal => !deal.Void)
                .Sum(deal => FunnelScenario.Steps(deal, stage).Where(step => step.At >= from && step.At < to).Sum(step => step.Change));
            Assert.Equal(FunnelScenario.Of(closing, stage).N, FunnelScenario.Of(opening, stage).N + change);
        }
    }

    private async Task<CrmFixture> New()
    {
        var crm = new CrmFixture(cluster);
        await crm.InitializeAsync();
        return crm;
    }

    private static async Task CheckPassed(FunnelScenario world, UserId viewer, FunnelScenario.Filter filter, FunnelView view,
        FunnelOracle oracle)
    {
        var passed = oracle.Passed(filter.From, filter.To).ToList();
        foreach (var stage in Stages.All)
        {
            var one = FunnelScenario.Of(view, stage);
            var n = passed.Where(e => e.Stage == stage).ToList();
            var first = passed.Where(e => e.Stage == Stage.Awareness).ToList();
            var lost = n.Where(e => e.Deal.Now.Position == new Position(stage, Outcome.Lost)).ToList();
            await Lists(FunnelNumber.N, one.N, n.Select(e => e.Deal));
            await Lists(FunnelNumber.Skipped, one.Skipped, n.Where(e => e.Skipped).Select(e => e.Deal));
            await Lists(FunnelNumber.Next, one.Next, n.Where(e => e.Furthest > stage).Select(e => e.Deal));
            await Lists(FunnelNumber.Stopped, one.Stopped, n.Where(e => e.Furthest == stage).Select(e => e.Deal));
            var stopped = n.Where(e => e.Furthest == stage).ToList();
            await Lists(FunnelNumber.StoppedLost, one.StoppedLost,
                stopped.Where(e => e.Deal.Now.Position == new Position(stage, Outcome.Lost)).Select(e => e.Deal));
            await Lists(FunnelNumber.StoppedStill, one.StoppedStill,
                stopped.Where(e => e.Deal.Now.Position == new Position(stage, Outcome.Open)).Select(e => e.Deal));
            await Lists(FunnelNumber.StoppedBack, one.StoppedBack,
                stopped.Where(e => e.Deal.Now.Position.Stage < stage).Select(e => e.Deal));
            await Lists(FunnelNumber.Completed, one.Completed,
                stopped.Where(e => e.Deal.Now.Position == new Position(stage, Outcome.Completed)).Select(e => e.Deal));
            await Lists(FunnelNumber.Returned, one.Returned,
                n.Where(e => e.Furthest > stage && e.Deal.Now.Position.Stage == stage).Select(e => e.Deal));
            Assert.Equal(one.StoppedLost, one.StoppedReasons.Sum(r => r.N));
            await Lists(FunnelNumber.Cumulative, one.Cumulative, first.Where(e => e.Furthest >= stage).Select(e => e.Deal));
            await Lists(FunnelNumber.Lost, one.Lost.N, lost.Select(e => e.Deal));
            await Lists(FunnelNumber.Still, one.Still,
                n.Where(e => e.Deal.Now.Position == new Position(stage, Outcome.Open)).Select(e => e.Deal));
            await Lists(FunnelNumber.Amount, one.WithAmount,
                n.Where(e => e.Deal is { Amount: not null, Currency: "USD" }).Select(e => e.Deal));
            await Lists(FunnelNumber.WithoutAmount, one.WithoutAmount, n.Where(e => e.Deal.Amount is null).Select(e => e.Deal));
            foreach (var reason in lost.GroupBy(e => e.Deal.LostReason ?? "unknown"))
            {
                await Lists(FunnelNumber.Lost, one.Lost.Reasons.Single(r => r.Code == reason.Key).N, reason.Select(e => e.Deal),
                    reason.Key);
            }

            var stays = n.Select(e => (e.Deal, Stay: oracle.FirstStay(e.Deal, stage))).Where(s => s.Stay is not null).ToList();
            await Lists(FunnelNumber.Stays, one.Stays, stays.Select(s => s.Deal));
            Assert.Equal(n.Count, one.Stays + one.Skipped + one.UnknownEntry);
            Assert.Equal(one.Lost.N, one.Lost.Reasons.Sum(r => r.N));
            Assert.Equal(n.Where(e => e.Deal.Currency == "USD").Sum(e => e.Deal.Amount ?? 0), one.Amount);
            await CheckNotConverted(world, viewer, filter.Scope, one, [.. n.Select(e => (e.Deal, e.Deal.Amount, e.Deal.Currency))]);
            Assert.Equal(stage == Stage.PostPurchase || n.Count == 0 ? null : 100.0 * n.Count(e => e.Furthest > stage) / n.Count,
                one.NextPercent);
            Assert.Equal(first.Count == 0 ? null : 100.0 * first.Count(e => e.Furthest >= stage) / first.Count, one.CumulativePercent);
            Assert.Equal(FunnelScenario.Median([.. stays.Select(s => s.Stay!.Value)]), one.MedianDays);

            Task Lists(FunnelNumber number, long counted, IEnumerable<LedgerDeal> deals, string? reason = null) =>
                world.Lists(viewer, filter.Scope, stage, number, counted, deals, reason);
        }

        foreach (var other in passed.Select(e => e.Deal).Distinct().Where(d => d.Amount is not null && d.Currency != "USD")
            .GroupBy(d => d.Currency!))
        {
            var line = view.NotConverted.Single(c => c.Currency == other.Key);
            Assert.Equal(other.Sum(d => d.Amount), line.Amount);
            await world.Lists(viewer, filter.Scope, null, FunnelNumber.NotConverted, line.N, other, currency: other.Key);
        }
    }

    /// <summary>The sums of a stage in each other currency, with exactly the deals behind them.</summary>
    private static async Task CheckNotConverted(FunnelScenario world, UserId viewer, FunnelScope scope, FunnelStage one,
        List<(LedgerDeal Deal, decimal? Amount, string? Currency)> counted)
    {
        var others = counted.Where(c => c.Amount is not null && c.Currency != "USD").GroupBy(c => c.Currency!)
            .OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        Assert.Equal(others.Select(group => new NotConverted(group.Key, group.Sum(c => c.Amount!.Value), group.Count())), one.NotConverted);
        Assert.Equal(one.N, one.WithAmount + one.WithoutAmount + one.NotConverted.Sum(other => other.N));
        foreach (var group in others)
        {
            await world.Lists(viewer, scope, one.Stage, FunnelNumber.NotConverted, group.Count(), group.Select(c => c.Deal),
                currency: group.Key);
        }
    }

    private static async Task CheckSummary(FunnelScenario world, UserId viewer, FunnelScenario.Filter filter, FunnelView view,
        List<LedgerDeal> seen)
    {
        var counting = seen.Where(deal => !deal.Void && deal.ArchivedAt is null).ToList();
        var won = counting.Where(deal => deal.Now.WonAt >= filter.From && deal.Now.WonAt < filter.To).ToList();
        var lost = counting.Where(deal => deal.Now is { WonAt: null, Position.Outcome: Outcome.Lost } && deal.Now.ClosedAt >= filter.From
            && deal.Now.ClosedAt < filter.To).ToList();
        await world.Lists(viewer, filter.Scope, null, FunnelNumber.Won, view.Summary!.Won, won);
        await world.Lists(viewer, filter.Scope, null, FunnelNumber.LostNeverWon, view.Summary.LostNeverWon, lost);
        var times = won.Select(deal => (deal.Now.WonAt!.Value - deal.CreatedAt).TotalDays).Order().ToList();
        Assert.Equal(won.Count + lost.Count == 0 ? null : 100.0 * won.Count / (won.Count + lost.Count), view.Summary.WinRatePercent);
        Assert.Equal(won.Where(deal => deal.Currency == "USD").Sum(deal => deal.Amount ?? 0), view.Summary.WonAmount);
        Assert.Equal(times.Count == 0 ? null : times[(times.Count - 1) / 2], view.Summary.TimeToWinMedianDays);
        Assert.Equal(times.Count == 0 ? 0 : times.Average(), view.Summary.TimeToWinMeanDays ?? 0, 1e-9);
    }

    private static async Task CheckSnapshot(FunnelScenario world, UserId viewer, FunnelScope scope, FunnelView view,
        List<(LedgerDeal Deal, Stage Stage)> counted)
    {
        Assert.Null(view.Summary);
        foreach (var stage in Stages.All)
        {
            var one = FunnelScenario.Of(view, stage);
            var open = counted.Where(c => c.Stage == stage).Select(c => c.Deal).ToList();
            var amounts = open.ToDictionary(d => d.Id,
                d => ((decimal?)FunnelOracle.Value(d, "amount", view.Instant), (string?)FunnelOracle.Value(d, "currency", view.Instant)));
            var soFar = open.Select(d => FunnelOracle.SoFar(d, view.Instant)).OfType<long>().Order().ToList();
            var listed = await world.Lists(viewer, scope, stage, FunnelNumber.N, one.N, open);
            await world.Lists(viewer, scope, stage, FunnelNumber.WithoutAmount, one.WithoutAmount,
                open.Where(d => amounts[d.Id].Item1 is null));
            await world.Lists(viewer, scope, stage, FunnelNumber.Lost, 0, []);
            Assert.All(listed, deal => Assert.Equal((stage, Outcome.Open, amounts[deal.Id.Value]),
                (deal.Stage, deal.Outcome, (deal.Amount, deal.Currency))));
            Assert.Equal(amounts.Values.Where(a => a.Item2 == "USD").Sum(a => a.Item1 ?? 0), one.Amount);
            await CheckNotConverted(world, viewer, scope, one, [.. open.Select(d => (d, amounts[d.Id].Item1, amounts[d.Id].Item2))]);
            Assert.Equal(counted.Count == 0 ? null : 100.0 * open.Count / counted.Count, one.SharePercent);
            Assert.Equal(soFar.Count == 0 ? null : soFar[(soFar.Count - 1) / 2] / 86_400.0, one.MedianDays);
            Assert.Null(one.NextPercent);
            Assert.Null(one.CumulativePercent);
            Assert.Equal((0, 0), (one.Skipped, one.Lost.N));
        }
    }
}
