using System.Diagnostics;
using System.Runtime;

namespace PipelineCrm.Benchmarks.Parts;

internal static class Timing
{
    private const int Quiet = 10;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    /// <summary>Milliseconds, warmed up.</summary>
    public static async Task<double> Median(int rounds, Func<Task> action)
    {
        await WarmUp(async () =>
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
    /// Goes on, at most a minute, until the JIT has next to nothing left to compile: a server that runs all day has long compiled its hot
    /// paths for good.
    /// </summary>
    /// <param name="second">About a second of what is to be measured.</param>
    public static async Task WarmUp(Func<Task> second)
    {
        for (var (started, before) = (Stopwatch.GetTimestamp(), 0L); Stopwatch.GetElapsedTime(started) < _longest
            && JitInfo.GetCompiledMethodCount() - before > Quiet;)
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
