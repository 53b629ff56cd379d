using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;

namespace PipelineCrm.Benchmarks;

/// <summary>
/// Fills the database by binary COPY, triggers and foreign keys asleep: what they would keep for board and reports is worked out at the
/// end. Every deal's chain is made by the machine itself; the ledger's hashes are not chained and there is no quote: nothing measured here
/// looks at them. The first deals stand in Awareness with one transition each, all alike: those are moved.
/// </summary>
internal static class DataGenerator
{
    public const int Fewest = 20_000;
    public const int Reps = 40;
    public const int PerClient = 50;
    public const int Block = Reps * PerClient;
    public const int Movers = 8 * Block;

    /// <summary>The deal whose move is captured: its version and number are found again in what the server logs.</summary>
    public const int Sample = Movers;

    public const int SampleVersion = 70_001;
    public const int SampleSeq = 50_001;
    private const string Title = "Bulk order";

    public static readonly Guid Admin = Id('a', 0);

    /// <summary>Ids that a benchmark's SQL can make of a number.</summary>
    public static Guid Id(char what, int number) => Guid.Parse($"{what}0000000-0000-7000-8000-{number:000000000000}");

    /// <summary>Who owns it: blocks of deals of one kind go round the reps.</summary>
    public static int Owner(int deal) => deal / PerClient % Reps;

    public static async Task Run(BenchmarkHost site, int deals)
    {
        var started = Stopwatch.GetTimestamp();
        await using var connection = await BenchmarkHost.Connect(site.Admin);
        await Execute(connection, "set session_replication_role = replica");
        await People(connection);
        await Execute(connection, $"""
            insert into customers (id, name, status, created_at)
            select ('c0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Customer ' || n, case when n <= {Movers} then 1 else 2 end, now() - interval '2 years'
            from generate_series(0, {deals - 1}) n
            """);
        var rows = await Copy(site, connection, deals);
        await Execute(connection, """
            insert into board_totals (stage, outcome, owner_id, currency, deals, amount)
            select stage, outcome, owner_id, case when amount is null then '   ' else currency end, count(*), sum(coalesce(amount, 0)) from deals group by 1, 2, 3, 4;
            analyze;
            set jit = off;
            insert into funnel_entries select * from funnel_entries_due;
            insert into funnel_spans select * from funnel_spans_due;
            update settings set set_up_at = now(), organisation_name = 'Benchmark';
            """);
        await Execute(connection, "vacuum analyze");
        await Execute(connection, "checkpoint");
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        TablePrinter.Line("generate", $"{deals} deals, {rows} transitions, {seconds:0} s with indexes",
            $"{(rows + (2 * deals)) / seconds:0} rows/s");
    }

    private static Task People(NpgsqlConnection connection) => Execute(connection, $"""
        insert into teams (id, name, created_at) select ('b0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Team ' || n, now() from generate_series(0, 7) n;
        insert into users (id, display_name, role, team_id, created_at)
        select ('e0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Rep ' || n, 1, ('b0000000-0000-7000-8000-' || lpad((n % 8)::text, 12, '0'))::uuid, now()
        from generate_series(0, {Reps - 1}) n;
        insert into users (id, display_name, role, created_at) values ('{Admin}', 'Admin', 3, now());
        """);

    private static async Task<long> Copy(BenchmarkHost site, NpgsqlConnection connection, int deals)
    {
        var (random, now, id) = (new Random(7), TimeProvider.System.GetUtcNow(), 0L);
        var close = DateOnly.FromDateTime(now.UtcDateTime).AddDays(60);
        await using var second = await BenchmarkHost.Connect(site.Admin);
        await Execute(second, "set session_replication_role = replica");
        await using var third = await BenchmarkHost.Connect(site.Admin);
        await Execute(third, "set session_replication_role = replica");
        await using (var facts = await third.BeginBinaryImportAsync(HistoryGenerator.Copy))
        await using (var dealRows = await connection.BeginBinaryImportAsync("""
            copy deals (id, customer_id, title, amount, currency, expected_close, owner_id, stage, outcome, entered_stage_at, stopped_at, paused_seconds,
                won_at, closed_at, rank, last_seq, furthest_stage, version, created_at) from stdin binary
            """))
        await using (var ledger = await second.BeginBinaryImportAsync("""
            copy transitions (id, deal_id, seq, kind, from_stage, from_outcome, to_stage, to_outcome, occurred_at, recorded_at, by_user, channel, rule_set,
                seconds_in_stage, counted_from, counted_to, hash, xid, version) from stdin binary
            """))
        {
            for (var deal = 0; deal < deals; deal++)
            {
                var firstSeq = deal == Sample ? SampleSeq : 1;
                var steps = deal <= Movers ? 1 : random.Next(4, 10);
                var age = TimeSpan.FromDays(30 + (random.NextDouble() * 700));
                var at = now - age;
                // The sample's chain begins late: it is its only transition and stays where it was.
                var state = deal == Sample ? PurchasePath.Apply(null, new(Stage.Awareness, Outcome.Open), at).State : null;
                for (var step = 0; step < steps; step++)
                {
                    var (kind, to) = deal == Sample ? (MoveKind.Import, state!.Position) : Next(state, random);
                    var applied = PurchasePath.Apply(state, to, at);
                    await ledger.StartRowAsync();
                    await Values(ledger, ++id, Id('d', deal), firstSeq + step, (short)kind, (short?)state?.Stage, (short?)state?.Outcome,
                        (short)to.Stage, (short)to.Outcome);
                    await Values(ledger, at.UtcDateTime, at.UtcDateTime, Id('e', Owner(deal)), (short)Channel.Board, 1);
                    await Values(ledger, applied.SecondsInStage, (short?)applied.CountedFrom, (short?)applied.CountedTo,
                        BitConverter.GetBytes(id));
                    await ledger.WriteAsync(3UL, NpgsqlDbType.Xid8);
                    await ledger.WriteAsync((long)(firstSeq + step));
                    state = applied.State;
                    at += age / (steps + 1) * (0.5 + (random.NextDouble() / 2));
                }

                var last = firstSeq + steps - 1;
                await dealRows.StartRowAsync();
                var amount = deal <= Movers ? 5000m : random.Next(10, 9000) * 10m;
                await HistoryGenerator.Of(facts, deal, amount, close, now - age, random.Next(5) == 0 ? now - (age / 2) : null);
                await Values(dealRows, Id('d', deal), Id('c', deal), Title, amount, "USD");
                await dealRows.WriteAsync(close);
                await Values(dealRows, Id('e', Owner(deal)), (short)state!.Stage, (short)state.Outcome, state.EnteredStageAt.UtcDateTime,
                    state.StoppedAt?.UtcDateTime);
                await Values(dealRows, state.PausedSeconds, state.WonAt?.UtcDateTime, state.ClosedAt?.UtcDateTime,
                    $"d{random.Next():0000000000}{deal:00000000}", last);
                await Values(dealRows, (short)state.FurthestStage, (long)(deal == Sample ? SampleVersion : last), (now - age).UtcDateTime);
            }

            await dealRows.CompleteAsync();
            await ledger.CompleteAsync();
            await facts.CompleteAsync();
        }

        await Execute(connection, "select setval(pg_get_serial_sequence('transitions', 'id'), (select max(id) from transitions))");
        return id;
    }

    /// <summary>Mostly onwards, sometimes back, lost or taken up again.</summary>
    private static (MoveKind Kind, Position To) Next(DealState? state, Random random)
    {
        var chance = random.NextDouble();
        return state switch
        {
            null => (MoveKind.Create, new(Stage.Awareness, Outcome.Open)),
            { Outcome: Outcome.Lost } => (MoveKind.Reopen, new(state.Stage, Outcome.Open)),
            { Outcome: Outcome.Completed } => (MoveKind.Repurchase, state.Position),
            { Stage: Stage.PostPurchase } => chance < 0.6 ? (MoveKind.Complete, new(Stage.PostPurchase, Outcome.Completed))
                : (MoveKind.Back, new(Stage.Purchase, Outcome.Open)),
            _ when chance < 0.2 => (MoveKind.Lose, new(state.Stage, Outcome.Lost)),
            _ when chance < 0.35 && state.Stage > Stage.Awareness => (MoveKind.Back, new(state.Stage - 1, Outcome.Open)),
            _ => (MoveKind.Advance, new(state.Stage + 1, Outcome.Open)),
        };
    }

    public static async Task Values(NpgsqlBinaryImporter rows, params object?[] values)
    {
        foreach (var value in values)
        {
            await (value switch
            {
                null => rows.WriteNullAsync(),
                DateTime instant => rows.WriteAsync(instant, NpgsqlDbType.TimestampTz),
                Guid id => rows.WriteAsync(id, NpgsqlDbType.Uuid),
                short small => rows.WriteAsync(small, NpgsqlDbType.Smallint),
                int whole => rows.WriteAsync(whole, NpgsqlDbType.Integer),
                long large => rows.WriteAsync(large, NpgsqlDbType.Bigint),
                decimal money => rows.WriteAsync(money, NpgsqlDbType.Numeric),
                byte[] bytes => rows.WriteAsync(bytes, NpgsqlDbType.Bytea),
                string text => rows.WriteAsync(text, NpgsqlDbType.Text),
                _ => throw new ArgumentException($"No column takes {value.GetType().Name}.", nameof(values)),
            });
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Composed of constants.")]
    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
