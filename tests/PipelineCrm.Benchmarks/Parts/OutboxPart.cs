using System.Diagnostics;
using PipelineCrm.Live;

namespace PipelineCrm.Benchmarks.Parts;

/// <summary>
/// What a move pays for the outbox: the same moves of the same deals with its triggers asleep, awake, and awake with a reader that hands
/// each change on. Short runs in turn, several of each, so that what else the machine does meets all alike; the medians are compared.
/// </summary>
internal static class OutboxPart
{
    private const int Clients = 8;
    private const int Rounds = 7;
    private const int First = 7 * DataGenerator.Block;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    private enum Mode
    {
        Asleep = 0,
        Awake = 1,
        Read = 2,
    }

    public static async Task Run(BenchmarkHost site)
    {
        var (done, rates) = (new int[Clients], Enum.GetValues<Mode>().ToDictionary(mode => mode, _ => new List<double>()));
        var appended = await site.Ask<long>("select count(*) from outbox");
        await Moves(site, done, TimeSpan.FromSeconds(5));
        for (var round = 0; round < Rounds; round++)
        {
            // Each comes first, second and last as often as the others.
            foreach (var mode in Enum.GetValues<Mode>().Select(mode => (Mode)(((int)mode + round) % rates.Count)))
            {
                rates[mode].Add(await Measured(site, mode, done));
            }
        }

        await Switch(site, on: true);
        appended = await site.Ask<long>("select count(*) from outbox") - appended;
        Timing.Demand(appended > 0, "no move appended to the outbox");
        var without = Median(rates[Mode.Asleep]);
        Line("triggers on / off (aim 0.95)", Median(rates[Mode.Awake]), without);
        Line("triggers on and read / off", Median(rates[Mode.Read]), without);
    }

    private static async Task<double> Measured(BenchmarkHost site, Mode mode, int[] done)
    {
        await Switch(site, mode != Mode.Asleep);
        var reader = site.Get<OutboxReader>();
        if (mode == Mode.Read)
        {
            await reader.StartAsync(CancellationToken.None);
        }

        // Statements are planned anew after the switch.
        await Moves(site, done, WarmUp);
        var started = Stopwatch.GetTimestamp();
        var moves = await Moves(site, done, Period);
        var rate = moves / Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (mode == Mode.Read)
        {
            await reader.StopAsync(CancellationToken.None);
        }

        return rate;
    }

    private static async Task<int> Moves(BenchmarkHost site, int[] done, TimeSpan time)
    {
        using var enough = new CancellationTokenSource(time);
        return (await Task.WhenAll(Enumerable.Range(0, Clients)
            .Select(client => Task.Run(() => Client(client), CancellationToken.None)))).Sum();

        async Task<int> Client(int client)
        {
            var (moves, caller) = (0, BenchmarkHost.As(new UserId(DataGenerator.Id('e', client))));
            for (; !enough.IsCancellationRequested; moves++)
            {
                var round = done[client] / DataGenerator.PerClient;
                var deal = First + (client * DataGenerator.PerClient) + (done[client]++ % DataGenerator.PerClient);
                var answer = await site.Door.Send(MovesPart.Move(deal, 1 + round, round % 2 == 0), caller, CancellationToken.None);
                Timing.Demand(answer.Ok, $"a move was answered {answer.Problem?.Code}");
            }

            return moves;
        }
    }

    private static Task Switch(BenchmarkHost site, bool on) => site.ExecuteAsAdmin(string.Join(
        ';',
        new[] { "deals_outbox_insert", "deals_outbox_update", "customers_outbox_insert", "customers_outbox_update" }
            .Select(trigger => $"alter table {trigger[..trigger.IndexOf('_', StringComparison.Ordinal)]} {(on ? "enable" : "disable")} trigger {trigger}")));

    private static double Median(List<double> rates) => rates.Order().ElementAt(rates.Count / 2);

    private static void Line(string what, double measured, double limit) =>
        TablePrinter.Line("outbox", $"{Clients} clients: {what}", $"{measured:0} moves/s", $"{limit:0} moves/s", measured / limit);
}
