using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Live;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>What the node's one reader hands on: everything that was committed, once and in order.</summary>
public sealed class OutboxReaderTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    /// <summary>A change of a deal that no history tells of.</summary>
    private const string Touch = "update deals set version = version + 1 where id = $1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_begins_at_the_present_end_and_goes_on_from_where_it_was()
    {
        var scene = await OutboxActors.Make(crm);
        var deal = await scene.Deal();
        using var node = crm.NewNode();
        using var admin = await node.Follow(scene.Admin);
        // Whoever followed before the reader had begun reads anew.
        await Rename(scene, deal, 1);
        await node.Read();
        await Rename(scene, deal, 2);
        await Rename(scene, deal, 3);
        await node.Read();
        await node.Read();
        Assert.Equal([2L, 3L, 4L], (await Next(admin)).Items.Select(change => change.Version!.Value));
        Assert.Equal(0, node.Lag.Rows);
    }

    [Fact]
    public async Task Who_followed_before_the_reader_had_begun_starts_over()
    {
        using var node = crm.NewNode();
        using var early = node.Hub.Follow();
        await node.Read();
        Assert.True((await Next(early)).StartOver);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261130)]
    public async Task Under_eight_writers_nothing_is_lost_and_each_deals_changes_come_in_order(int seed)
    {
        const int writers = 8, rounds = 40;
        var scene = await OutboxActors.Make(crm);
        var deals = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            deals.Add((await scene.Deal()).Id.Value);
        }

        deals.Sort();
        using var node = crm.NewNode();
        using var follower = await node.Follow(scene.Admin);
        var start = await crm.Ask<long>("select max(id) from outbox");
        await node.Reader.StartAsync(Ct);
        var seen = new List<Change>();
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Write(new Random(seed + writer), deals, rounds)));
        var written = new HashSet<long>();
        while (!writing.IsCompleted || written.Count == 0 || !written.IsSubsetOf(seen.Select(change => change.Number)))
        {
            seen.AddRange((await Next(follower)).Items);
            if (writing.IsCompleted && written.Count == 0)
            {
                await writing;
                written = await Numbers(start);
            }
        }

        await node.Reader.StopAsync(Ct);
        Assert.True(written.Count > writers * rounds / 2, $"{written.Count} rows");
        Assert.Equal(written.Order(), seen.Select(change => change.Number).Order());
        Assert.All(seen.GroupBy(change => change.Deal),
            deal => Assert.Equal(deal.Select(change => change.Version).Order(), deal.Select(change => change.Version)));
        Assert.True(await crm.Ask<bool>("select count(*) > 0 from outbox a join outbox b on a.xid < b.xid and a.id > b.id where a.id > $1",
            start), "Ids were the order of transactions.");
    }

    [Fact]
    public async Task A_long_transaction_holds_nobody_back_and_is_read_when_it_ends()
    {
        var scene = await OutboxActors.Make(crm);
        var (slow, quick, undone) = (await scene.Deal(), await scene.Deal(), await scene.Deal());
        using var node = crm.NewNode();
        await using var connection = await crm.AsApp();
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await Execute(connection, Touch, slow.Id.Value);
        using var follower = await node.Follow(scene.Admin);
        await using (var other = await crm.AsApp())
        {
            await using var dropped = await other.BeginTransactionAsync(Ct);
            await Execute(other, Touch, undone.Id.Value);
            await node.Read();
            await dropped.RollbackAsync(Ct);
        }

        await Rename(scene, quick, 1);
        await node.Read();
        await node.Read();
        Assert.Equal(quick.Id, Assert.Single((await Next(follower)).Items).Deal);

        await transaction.CommitAsync(Ct);
        await node.Read();
        await node.Read();
        Assert.Equal(slow.Id, Assert.Single((await Next(follower)).Items).Deal);
    }

    [Fact]
    public async Task How_far_it_is_behind_is_measured()
    {
        var scene = await OutboxActors.Make(crm);
        using var node = crm.NewNode();
        await node.Read();
        await scene.Sql(
            "insert into teams (id, name, created_at) select gen_random_uuid(), gen_random_uuid(), now() from generate_series(1, 7)");
        await node.Read();
        var (rows, seconds) = Measured();
        Assert.Equal((7, 7, true), (node.Lag.Rows, rows, seconds >= 0));
        await node.Read();
        Assert.Equal(0, node.Lag.Rows);
    }

    [Fact]
    public async Task More_at_once_than_anybody_would_follow_is_read_anew()
    {
        var scene = await OutboxActors.Make(crm);
        var deal = await scene.Deal();
        using var node = crm.NewNode();
        using var follower = await node.Follow(scene.Admin);
        await scene.Sql($"""
            with made as (
                insert into quotes (id, deal_id, currency, created_at) select gen_random_uuid(), '{deal.Id}', 'EUR', now() from generate_series(0, {OutboxReader.Portion})
                returning id, deal_id, currency)
            insert into history (entity, entity_id, field, after, channel, deal_id) select 'quote', id::text, 'currency', to_jsonb(currency), 2, deal_id from made
            """);
        await node.Read();
        Assert.True((await Next(follower)).StartOver);
        await Rename(scene, deal, 1);
        await node.Read();
        Assert.Equal(deal.Id, Assert.Single((await Next(follower)).Items).Deal);
    }

    [Fact]
    public async Task Another_node_is_told_by_an_empty_message_and_itself_hears_nothing_of_its_own()
    {
        var scene = await OutboxActors.Make(crm);
        using var here = crm.NewNode();
        using var there = crm.NewNode();
        using var listener = new OutboxListener(
            crm.Services.GetRequiredService<ApplicationConnection>(), there.Signal, there.Reader, TimeProvider.System,
            NullLogger<OutboxListener>.Instance);
        await listener.StartAsync(Ct);
        await using (var connection = await crm.AsApp())
        {
            await using var listens = new NpgsqlCommand(
                "select exists (select from pg_stat_activity where query = 'listen pipelinecrm_outbox' and state = 'idle' and datname = current_database())", connection);
            while (!(bool)(await listens.ExecuteScalarAsync(Ct))!)
            {
                await Task.Yield();
            }
        }

        await here.Read();
        Assert.False(await there.Signal.Wait(TimeSpan.Zero, Ct));
        here.Signal.Written();
        await here.Read();
        Assert.True(await there.Signal.Wait(TimeSpan.FromMinutes(1), Ct));
        await listener.StopAsync(Ct);
    }

    [Fact]
    public async Task What_is_read_and_a_day_old_is_purged_nothing_else()
    {
        var scene = await OutboxActors.Make(crm);
        await ExecuteAsOwner("delete from outbox");
        await scene.Sql(
            $"insert into teams (id, name, created_at) select gen_random_uuid(), gen_random_uuid(), now() from generate_series(1, {OutboxPurge.Portion + 5})");
        await ExecuteAsOwner("update outbox set at = now() - interval '25 hours' where id not in (select id from outbox limit 2)");
        using var purge = new OutboxPurge(crm.Services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System,
            NullLogger<OutboxPurge>.Instance);

        Assert.Equal(OutboxPurge.Portion + 3, await purge.Purge(Ct));
        Assert.Equal(0, await purge.Purge(Ct));
        Assert.Equal(0L, await crm.Ask<long>("select count(*) from outbox where at < now() - interval '1 day'"));
        Assert.Equal(2L, await crm.Ask<long>("select count(*) from outbox where subject = 'team'"));
    }

    private static Task<DealView> Rename(OutboxActors scene, DealView deal, long version) =>
        scene.AsRep(new UpdateDeal.Command(deal.Id, version, new MoveFields { Title = $"Deal {version}" }));

    private static async Task<ChangeBatch> Next(ChangeSubscription subscription) =>
        await subscription.Next(TimeSpan.Zero, Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct)
            ?? throw new InvalidOperationException("It has ended.");

    /// <summary>One or two deals a transaction, with waits of any length before the commit, some rolled back.</summary>
    private async Task Write(Random random, List<Guid> deals, int rounds)
    {
        await using var connection = await crm.AsApp();
        for (var i = 0; i < rounds; i++)
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            await Execute(connection, "select pg_current_xact_id()");
            await Execute(connection, "select pg_sleep($1)", random.NextDouble() / 50);
            foreach (var deal in deals.OrderBy(_ => random.Next()).Take(1 + random.Next(2)).Order())
            {
                await Execute(connection, Touch, deal);
            }

            await Execute(connection, "select pg_sleep($1)", random.NextDouble() / 100);
            await (random.Next(8) == 0 ? transaction.RollbackAsync(Ct) : transaction.CommitAsync(Ct));
        }
    }

    private async Task<HashSet<long>> Numbers(long after)
    {
        var ids = await crm.Ask<long[]>("select array_agg(id) from outbox where id > $1", after);
        return [.. ids];
    }

    /// <summary>What a collector of metrics is told; of all nodes the one that is furthest behind.</summary>
    private static (long Rows, double Seconds) Measured()
    {
        var (rows, seconds) = (-1L, -1.0);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Name == OutboxLag.MeterName)
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _,
            _) => rows = instrument.Name.EndsWith("lag.rows", StringComparison.Ordinal) ? Math.Max(rows, value) : rows);
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => seconds = Math.Max(seconds, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return (rows, seconds);
    }

    private async Task ExecuteAsOwner(string sql)
    {
        await using var connection = await crm.AsOwner();
        await Execute(connection, sql);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, params object[] values)
    {
#pragma warning disable CA2100 // Written in the tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(Ct);
    }
}
