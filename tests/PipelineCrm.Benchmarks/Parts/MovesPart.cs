using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Benchmarks.Parts;

/// <summary>
/// Whole moves through the use-case sender against pgbench sending the statements that the server logged of one, in the same round trips,
/// prepared on both sides. Every client advances its own deals and takes them back, over and over.
/// pgbench writes one fixed rank and answer. Beside them pgbench's plain move: a locked read, an update and an insert on two bare tables.
/// </summary>
internal static partial class MovesPart
{
    private const int Seconds = 8;

    /// <summary>The id of the deal with the number :d, as <see cref="DataGenerator.Id"/> makes it.</summary>
    private const string Deal = "('d0000000-0000-7000-8000-' || lpad((:d)::integer::text, 12, '0'))";

    private static readonly string Plain = $"""
        \set k :k + 1
        \set d :base + :client_id * {DataGenerator.PerClient} + :k % {DataGenerator.PerClient}
        \startpipeline
        begin;
        select stage, version from plain_deals where id = {Deal}::uuid for no key update;
        \endpipeline
        \startpipeline
        update plain_deals set stage = 3 - stage, version = version + 1 where id = {Deal}::uuid;
        insert into plain_transitions (deal_id, version, from_stage, to_stage, recorded_at) select id, version, 3 - stage, stage, transaction_timestamp() from plain_deals where id = {Deal}::uuid;
        commit;
        \endpipeline

        """;

    public static async Task Run(BenchmarkHost site)
    {
        var script = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pgbench");
        var plain = script + ".plain";
        await File.WriteAllTextAsync(script, await Script(site));
        await File.WriteAllTextAsync(plain, Plain);
        await site.ExecuteAsAdmin($"""
            create table plain_deals as select id, stage, version from deals;
            alter table plain_deals add primary key (id);
            create table plain_transitions (
                id bigint generated always as identity primary key, deal_id uuid not null references plain_deals, version bigint not null,
                from_stage smallint not null, to_stage smallint not null, recorded_at timestamptz not null, unique (deal_id, version));
            grant select, insert, update on plain_deals, plain_transitions to "{new NpgsqlConnectionStringBuilder(site.App).Username}"
            """);
        try
        {
            await WarmUp(site);
            var block = 1;
            foreach (var clients in new[] { 1, 8, 32 })
            {
                var door = await Measured(site, block++ * DataGenerator.Block, clients);
                var bench = await Pgbench(site, script, "transitions", block++ * DataGenerator.Block, clients);
                TablePrinter.Line("moves", $"{clients} clients: door / pgbench{(clients == 8 ? " (aim 0.8)" : "")}", $"{door:0} moves/s",
                    $"{bench:0} tx/s", door / bench);
                if (clients == 8)
                {
                    var bare = await Pgbench(site, plain, "plain_transitions", block * DataGenerator.Block, clients);
                    TablePrinter.Line("moves", $"{clients} clients: door / pgbench's plain move", $"{door:0} moves/s", $"{bare:0} tx/s",
                        door / bare);
                }
            }
        }
        finally
        {
            File.Delete(script);
            File.Delete(plain);
        }
    }

    /// <summary>The next move of a deal that stands where <paramref name="version"/> left it.</summary>
    internal static MoveDeal.Command Move(int deal, long version, bool advance) => new(
        new DealId(DataGenerator.Id('d', deal)), advance ? MoveKind.Advance : MoveKind.Back,
        advance ? Place.Consideration : Place.Awareness, version,
        MoveFields.None, advance ? null : new MoveReason(null, "Not yet"), null, null, $"door-{deal}-{version}");

    private static async Task WarmUp(BenchmarkHost site)
    {
        using var enough = new CancellationTokenSource();
        var moving = Door(site, 0, 8, enough.Token);
        await Timing.WarmUp(() => Task.WhenAny(moving, Task.Delay(TimeSpan.FromSeconds(1))));
        await enough.CancelAsync();
        await moving;
    }

    private static async Task<double> Measured(BenchmarkHost site, int first, int clients)
    {
        var started = Stopwatch.GetTimestamp();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds));
        var moves = await Door(site, first, clients, enough.Token);
        return moves / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<int> Door(BenchmarkHost site, int first, int clients, CancellationToken ct)
    {
        return (await Task.WhenAll(Enumerable.Range(0, clients)
            .Select(client => Task.Run(() => Client(client), CancellationToken.None)))).Sum();

        async Task<int> Client(int client)
        {
            var (moves, caller) = (0, BenchmarkHost.As(new UserId(DataGenerator.Id('e', client))));
            for (; !ct.IsCancellationRequested; moves++)
            {
                var round = moves / DataGenerator.PerClient;
                var move = Move(first + (client * DataGenerator.PerClient) + (moves % DataGenerator.PerClient), 1 + round, round % 2 == 0);
                var answer = await site.Door.Send(move, caller, CancellationToken.None);
                Timing.Demand(answer.Ok, $"a move was answered {answer.Problem?.Code}");
            }

            return moves;
        }
    }

    private static async Task<string> Script(BenchmarkHost site)
    {
        var caller = BenchmarkHost.As(new UserId(DataGenerator.Id('e', DataGenerator.Owner(DataGenerator.Sample))));
        await using var capture = new StatementCapture(site);
        await capture.Open();
        await capture.Of(new GetBoard.Query(new BoardFilter()), caller);
        await capture.Of(Move(DataGenerator.Movers - DataGenerator.Block, 1, advance: true), caller);
        var ahead = await capture.Of(Move(DataGenerator.Sample, DataGenerator.SampleVersion, advance: true), caller);
        var there = await Branch(site, ahead, 0);
        var behind = await capture.Of(Move(DataGenerator.Sample, DataGenerator.SampleVersion + 1, advance: false), caller);
        var back = await Branch(site, behind, 1);
        return $"""
            \set k :k + 1
            \set d :base + :client_id * {DataGenerator.PerClient} + :k % {DataGenerator.PerClient}
            \set v 1 + :k / {DataGenerator.PerClient}
            \if :v % 2 = 1
            {there}
            \else
            {back}
            \endif

            """;
    }

    /// <summary>One round trip until the write, which goes together with the commit.</summary>
    private static async Task<string> Branch(BenchmarkHost site, IReadOnlyList<Statement> statements, int round)
    {
        var sample = DataGenerator.Id('d', DataGenerator.Sample);
        var recorded =
            await site.Ask<string>($"select recorded_at::text from transitions where deal_id = '{sample}' order by seq desc limit 1");
        var id = await site.Ask<long>($"select max(id) from transitions where deal_id = '{sample}'");
        var (version, seq) = (DataGenerator.SampleVersion + round, DataGenerator.SampleSeq + round);
        (string, string)[] varying =
        [
            ($"door-{DataGenerator.Sample}-{version}", "'move-' || (:d)::integer || '-' || (:v)::integer"),
            (Uuid('d', DataGenerator.Sample), "'d0000000-0000-7000-8000-' || lpad((:d)::integer::text, 12, '0')"),
            (Uuid('c', DataGenerator.Sample), "'c0000000-0000-7000-8000-' || lpad((:d)::integer::text, 12, '0')"),
            (Uuid('e', DataGenerator.Owner(DataGenerator.Sample)),
                "'e0000000-0000-7000-8000-' || lpad((:client_id)::integer::text, 12, '0')"),
            (recorded, "transaction_timestamp()::text"),
            (Number(version + 1), "((:v)::integer + 1)::text"),
            (Number(version), "(:v)::integer::text"),
            (Number(seq + 1), "((:v)::integer + 1)::text"),
            (Number(seq), "(:v)::integer::text"),
            (Number(id), "currval(pg_get_serial_sequence('transitions', 'id'))::text"),
        ];
        var texts = statements.Select(statement => Blank().Replace(StatementReplay.Literal(statement, varying), " ") + ";").ToList();
        var write = texts.Count - 2;
        Timing.Demand(texts[0] == "begin;" && texts[^1] == "commit;" && texts[write].StartsWith("with deal_0", StringComparison.Ordinal),
            "the captured move has another shape than expected");
        return string.Join('\n', ["\\startpipeline", .. texts[..write], "\\endpipeline", "\\startpipeline", .. texts[write..],
            "\\endpipeline"]);
    }

    private static async Task<double> Pgbench(BenchmarkHost site, string script, string writes, int first, int clients)
    {
        var database = new NpgsqlConnectionStringBuilder(site.App);
        var moved = await site.Ask<long>($"select count(*) from {writes}");
        var start = new ProcessStartInfo(await site.Ask<string>("select setting || '/pgbench' from pg_config where name = 'BINDIR'"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = database.Password },
        };
        foreach (var argument in (string[])
            ["-h", database.Host!, "-p", Number(database.Port), "-U", database.Username!, "-n", "-M", "prepared", "-c", Number(clients),
                "-j", Number(Math.Min(2, clients)),
                "-T", Number(Seconds), "-D", "k=-1", "-D", $"base={Number(first)}", "-f", script, database.Database!])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Timing.Demand(process.ExitCode == 0, $"pgbench: {await errors}");
        var said = await output;
        var transactions = long.Parse(Processed().Match(said).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        moved = await site.Ask<long>($"select count(*) from {writes}") - moved;
        Timing.Demand(moved == transactions, $"pgbench ran {transactions} transactions and moved {moved} deals");
        return double.Parse(Rate().Match(said).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static string Uuid(char what, int number) => DataGenerator.Id(what, number).ToString();

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"actually processed: (\d+)")]
    private static partial Regex Processed();

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Rate();
}
