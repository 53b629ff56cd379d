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
public sealed class OutboxReaderTests(Crm crm) : IClassFixture<Crm>
{
    /// <summary>A change of a deal that no history tells of.</summary>
    private const string Touch = "update deals set version = version + 1 where id = $1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_begins_at_the_present_end_and_goes_on_from_where_it_was()
    {
        var scene = await Scene.MakeAsync(crm);
        var deal = await scene.DealAsync();
        using var node = crm.NewNode();
        using var admin = await node.FollowAsync(scene.Admin);
        // Whoever followed before the reader had begun reads anew.
        await RenameAsync(scene, deal, 1);
        await node.ReadAsync();
        await RenameAsync(scene, deal, 2);
        await RenameAsync(scene, deal, 3);
        await node.ReadAsync();
        await node.ReadAsync();
        Assert.Equal([2L, 3L, 4L], (await NextAsync(admin)).Items.Select(change => change.Version!.Value));
        Assert.Equal(0, node.Lag.Rows);
    }

    [Fact]
    public async Task Who_followed_before_the_reader_had_begun_starts_over()
    {
        using var node = crm.NewNode();
        using var early = node.Hub.Follow();
        await node.ReadAsync();
        Assert.True((await NextAsync(early)).StartOver);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261130)]
    public async Task Under_eight_writers_nothing_is_lost_and_each_deals_changes_come_in_order(int seed)
    {
        const int writers = 8, rounds = 40;
        var scene = await Scene.MakeAsync(crm);
        var deals = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            deals.Add((await scene.DealAsync()).Id.Value);
        }

        deals.Sort();
        using var node = crm.NewNode();
        using var follower = await node.FollowAsync(scene.Admin);
        var start = await crm.AskAsync<long>("select max(id) from outbox");
        await node.Reader.StartAsync(Ct);
        var seen = new List<Change>();
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => WriteAsync(new Random(seed + writer), deals, rounds)));
        var written = new HashSet<long>();
        while (!writing.IsCompleted || written.Count == 0 || !written.IsSubsetOf(seen.Select(change => change.Number)))
        {
            seen.AddRange((await NextAsync(follower)).Items);
            if (writing.IsCompleted && written.Count == 0)
            {
                await writing;
                written = await NumbersAsync(start);
            }
        }

        await node.Reader.StopAsync(Ct);
        Assert.True(written.Count > writers * rounds / 2, $"{written.Count} rows");
        Assert.Equal(written.Order(), seen.Select(change => change.Number).Order());
        Assert.All(seen.GroupBy(change => change.Deal), deal => Assert.Equal(deal.Select(change => change.Version).Order(), deal.Select(change => change.Version)));
        Assert.True(await crm.AskAsync<bool>("select count(*) > 0 from outbox a join outbox b on a.xid < b.xid and a.id > b.id where a.id > $1", start), "Ids were the order of transactions.");
    }

    [Fact]
    public async Task A_long_transaction_holds_nobody_back_and_is_read_when_it_ends()
    {
        var scene = await Scene.MakeAsync(crm);
        var (slow, quick, undone) = (await scene.DealAsync(), await scene.DealAsync(), await scene.DealAsync());
        using var node = crm.NewNode();
        await using var connection = await crm.AsAppAsync();
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await ExecuteAsync(connection, Touch, slow.Id.Value);
        using var follower = await node.FollowAsync(scene.Admin);
        await using (var other = await crm.AsAppAsync())
        {
            await using var dropped = await other.BeginTransactionAsync(Ct);
            await ExecuteAsync(other, Touch, undone.Id.Value);
            await node.ReadAsync();
            await dropped.RollbackAsync(Ct);
        }

        await RenameAsync(scene, quick, 1);
        await node.ReadAsync();
        await node.ReadAsync();
        Assert.Equal(quick.Id, Assert.Single((await NextAsync(follower)).Items).Deal);

        await transaction.CommitAsync(Ct);
        await node.ReadAsync();
        await node.ReadAsync();
        Assert.Equal(slow.Id, Assert.Single((await NextAsync(follower)).Items).Deal);
    }

    [Fact]
    public async Task How_far_it_is_behind_is_measured()
    {
        var scene = await Scene.MakeAsync(crm);
        using var node = crm.NewNode();
        await node.ReadAsync();
        await scene.SqlAsync("insert into teams (id, name, created_at) select gen_random_uuid(), gen_random_uuid(), now() from generate_series(1, 7)");
        await node.ReadAsync();
        var (rows, seconds) = Measured();
        Assert.Equal((7, 7, true), (node.Lag.Rows, rows, seconds >= 0));
        await node.ReadAsync();
        Assert.Equal(0, node.Lag.Rows);
    }

    [Fact]
    public async Task More_at_once_than_anybody_would_follow_is_read_anew()
    {
        var scene = await Scene.MakeAsync(crm);
        var deal = await scene.DealAsync();
        using var node = crm.NewNode();
        using var follower = await node.FollowAsync(scene.Admin);
        await scene.SqlAsync($"""
            with made as (
                insert into quotes (id, deal_id, currency, created_at) select gen_random_uuid(), '{deal.Id}', 'EUR', now() from generate_series(0, {OutboxReader.Portion})
                returning id, deal_id, currency)
            insert into history (entity, entity_id, field, after, channel, deal_id) select 'quote', id::text, 'currency', to_jsonb(currency), 2, deal_id from made
            """);
        await node.ReadAsync();
        Assert.True((await NextAsync(follower)).StartOver);
        await RenameAsync(scene, deal, 1);
        await node.ReadAsync();
        Assert.Equal(deal.Id, Assert.Single((await NextAsync(follower)).Items).Deal);
    }

    [Fact]
    public async Task Another_node_is_told_by_an_empty_message_and_itself_hears_nothing_of_its_own()
    {
        var scene = await Scene.MakeAsync(crm);
        using var here = crm.NewNode();
        using var there = crm.NewNode();
        using var listener = new OutboxListener(
            crm.Services.GetRequiredService<PreparedConnections>(), there.Signal, there.Reader, TimeProvider.System, NullLogger<OutboxListener>.Instance);
        await listener.StartAsync(Ct);
        await using (var connection = await crm.AsAppAsync())
        {
            await using var listens = new NpgsqlCommand(
                "select exists (select from pg_stat_activity where query = 'listen pipelinecrm_outbox' and state = 'idle' and datname = current_database())", connection);
            while (!(bool)(await listens.ExecuteScalarAsync(Ct))!)
            {
                await Task.Yield();
            }
        }

        await here.ReadAsync();
        Assert.False(await there.Signal.Wait(TimeSpan.Zero, Ct));
        here.Signal.Written();
        await here.ReadAsync();
        Assert.True(await there.Signal.Wait(TimeSpan.FromMinutes(1), Ct));
        await listener.StopAsync(Ct);
    }

    [Fact]
    public async Task What_is_read_and_a_day_old_is_purged_nothing_else()
    {
        var scene = await Scene.MakeAsync(crm);
        await ExecuteAsOwnerAsync("delete from outbox");
        await scene.SqlAsync($"insert into teams (id, name, created_at) select gen_random_uuid(), gen_random_uuid(), now() from generate_series(1, {OutboxPurge.Portion + 5})");
        await ExecuteAsOwnerAsync("update outbox set at = now() - interval '25 hours' where id not in (select id from outbox limit 2)");
        using var purge = new OutboxPurge(crm.Services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System, NullLogger<OutboxPurge>.Instance);

        Assert.Equal(OutboxPurge.Portion + 3, await purge.Purge(Ct));
        Assert.Equal(0, await purge.Purge(Ct));
        Assert.Equal(0L, await crm.AskAsync<long>("select count(*) from outbox where at < now() - interval '1 day'"));
        Assert.Equal(2L, await crm.AskAsync<long>("select count(*) from outbox where subject = 'team'"));
    }

    private static Task<DealView> RenameAsync(Scene scene, DealView deal, long version) =>
        scene.AsRep(new UpdateDeal.Command(deal.Id, version, new MoveFields { Title = $"Deal {version}" }));

    private static async Task<Changes> NextAsync(ChangeSubscription subscription) =>
        await subscription.Next(TimeSpan.Zero, Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct) ?? throw new InvalidOperationException("It has ended.");

    /// <summary>One or two deals a transaction, with waits of any length before the commit, some rolled back.</summary>
    private async Task WriteAsync(Random random, List<Guid> deals, int rounds)
    {
        await using var connection = await crm.AsAppAsync();
        for (var i = 0; i < rounds; i++)
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            await ExecuteAsync(connection, "select pg_current_xact_id()");
            await ExecuteAsync(connection, "select pg_sleep($1)", random.NextDouble() / 50);
            foreach (var deal in deals.OrderBy(_ => random.Next()).Take(1 + random.Next(2)).Order())
            {
                await ExecuteAsync(connection, Touch, deal);
            }

            await ExecuteAsync(connection, "select pg_sleep($1)", random.NextDouble() / 100);
            await (random.Next(8) == 0 ? transaction.RollbackAsync(Ct) : transaction.CommitAsync(Ct));
        }
    }

    private async Task<HashSet<long>> NumbersAsync(long after)
    {
        var ids = await crm.AskAsync<long[]>("select array_agg(id) from outbox where id > $1", after);
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
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => rows = instrument.Name.EndsWith("lag.rows", StringComparison.Ordinal) ? Math.Max(rows, value) : rows);
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => seconds = Math.Max(seconds, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return (rows, seconds);
    }

    private async Task ExecuteAsOwnerAsync(string sql)
    {
        await using var connection = await crm.AsOwnerAsync();
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
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
