using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Npgsql;
using PipelineCrm.Analytics;
using PipelineCrm.Common;

namespace PipelineCrm.Benchmarks;

/// <summary>
/// Whole reports through the door (counts, money, reasons, medians, summary), each against one plain count over the ledger that answers far less.
/// What the reports read is kept by the folder; nothing is left to fold but where it says so.
/// </summary>
internal static class FunnelPart
{
    private const int Rounds = 5;
    private const int Unfolded = 4000;

    private const string Passed = """
        select to_stage, count(distinct deal_id) from transitions where occurred_at >= now() - interval '1 year' and counted_to is not null group by to_stage
        """;

    private const string PassedEver = "select to_stage, count(distinct deal_id) from transitions where counted_to is not null group by to_stage";

    private const string Then = """
        select l.to_stage, count(*)
        from (select distinct on (deal_id) to_stage, to_outcome from transitions where occurred_at < now() - interval '300 days' order by deal_id, seq desc) l
        where l.to_outcome = 0 group by 1
        """;

    private const string Now = "select stage, count(*) from deals where outcome = 0 and not void and archived_at is null group by 1";

    public static async Task RunAsync(Site site)
    {
        var (admin, rep) = (Site.As(new UserId(Generator.Admin)), Site.As(new UserId(Generator.Id('e', 3))));
        var year = new FunnelScope("passed", Day(365));
        await Measure(site, "passed, a year", year, admin, Passed);
        await Measure(site, "passed, a year, as rep", year, rep);
        await Measure(site, "passed, all time", new FunnelScope("passed"), admin, PassedEver);
        await Measure(site, "snapshot 300 days ago", new FunnelScope("snapshot", At: Day(300)), admin, Then);
        await Measure(site, "snapshot now", new FunnelScope("snapshot"), admin, Now);
        await site.AdminAsync($"insert into funnel_changed select id from deals order by id desc limit {Unfolded}");
        await Measure(site, $"passed, a year, {Unfolded} deals not folded", year, admin);
        await Measure(site, $"snapshot 300 days ago, {Unfolded} likewise", new FunnelScope("snapshot", At: Day(300)), admin);
        await site.AdminAsync("delete from funnel_changed");
    }

    private static async Task Measure(Site site, string what, FunnelScope scope, Caller caller, string? plain = null)
    {
        var door = await Timing.MedianAsync(Rounds, async () =>
        {
            var answer = await site.Door.Send(new GetFunnel.Query(scope), caller);
            Timing.Demand(answer.Ok, "the funnel was refused");
        });
        var limit = plain is null ? (double?)null : await Plain(site, plain);
        Table.Line("funnel", $"{what}{(plain is null ? "" : ": report / plain count")}", $"{door:0.0} ms", limit is null ? "" : $"{limit:0.0} ms", door / limit);
    }

    private static async Task<double> Plain(Site site, string sql)
    {
        await using var connection = await Site.ConnectAsync(site.App);
#pragma warning disable CA2100 // One of the constants above.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return await Timing.MedianAsync(Rounds, async () =>
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
            }
        });
    }

    private static string Day(int ago) => TimeProvider.System.GetUtcNow().AddDays(-ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

internal static class Timing
{
    private const int Quiet = 10;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    /// <summary>Milliseconds, warmed up.</summary>
    public static async Task<double> MedianAsync(int rounds, Func<Task> action)
    {
        await WarmUpAsync(async () =>
        {
            for (var second = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(second) < TimeSpan.FromSeconds(1);)
            {
                await action();
            }
        });
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await action();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(rounds / 2);
    }

    /// <summary>
    /// Goes on, at most a minute, until the JIT has next to nothing left to compile: a server that runs all day has long compiled its hot paths for good.
    /// </summary>
    /// <param name="second">About a second of what is to be measured.</param>
    public static async Task WarmUpAsync(Func<Task> second)
    {
        for (var (started, before) = (Stopwatch.GetTimestamp(), 0L); Stopwatch.GetElapsedTime(started) < _longest && JitInfo.GetCompiledMethodCount() - before > Quiet;)
        {
            before = JitInfo.GetCompiledMethodCount();
            await second();
        }
    }

    public static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Benchmark: {otherwise}.");
        }
    }
}
