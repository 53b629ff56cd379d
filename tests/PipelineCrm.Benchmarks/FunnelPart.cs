using System.Diagnostics;
using Npgsql;
using PipelineCrm.Analytics;
using PipelineCrm.Common;

namespace PipelineCrm.Benchmarks;

/// <summary>The whole funnel of a year through the door, against one plain count over the ledger.</summary>
internal static class FunnelPart
{
    private const string Plain = """
        select to_stage, count(distinct deal_id) from transitions where occurred_at >= now() - interval '1 year' and counted_to is not null group by to_stage
        """;

    public static async Task RunAsync(Site site)
    {
        var from = TimeProvider.System.GetUtcNow().AddYears(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var caller = Site.As(new UserId(Generator.Admin));
        var door = await Timing.MedianAsync(5, async () =>
        {
            var answer = await site.Door.Send(new GetFunnel.Query(new FunnelScope("passed", from)), caller);
            Timing.Demand(answer.Ok, "the funnel was refused");
        });
        await using var connection = await Site.ConnectAsync(site.App);
        await using var command = new NpgsqlCommand(Plain, connection);
        var plain = await Timing.MedianAsync(5, async () =>
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
            }
        });
        Table.Line("funnel", "passed, a year: whole report / plain count", $"{door:0.0} ms", $"{plain:0.0} ms", door / plain);
    }
}

internal static class Timing
{
    /// <summary>Milliseconds, after one round to warm up.</summary>
    public static async Task<double> MedianAsync(int rounds, Func<Task> action)
    {
        await action();
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await action();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(rounds / 2);
    }

    public static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Benchmark: {otherwise}.");
        }
    }
}
