using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Live;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>A PostgreSQL that is killed and comes back: what was written before, and after, is handed on.</summary>
public sealed class OutboxRestartTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"pipelinecrm-live-{Guid.NewGuid():N}");
    private PrivateCluster? _cluster;
    private ServiceProvider? _services;
    private string _owner = "";
    private NpgsqlConnection[] _kept = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Durable, since one that is not forgets its last half second when it is killed.
        _cluster = await PrivateCluster.Join(new(_folder, Environment.GetEnvironmentVariable("PIPELINECRM_POSTGRES_BIN")), Ct);
        var connections = await _cluster.Provision(Ct);
        await CrmDatabase.Migrate(connections, Ct);
        _owner = connections.Owner;
        _kept = [new(connections.Owner), new(connections.Crm)];
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPipelineCrm(_ => connections.Crm);
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);
        // Only of this server: the broken connections of others are theirs to meet.
        foreach (var kept in _kept)
        {
            NpgsqlConnection.ClearPool(kept);
            await kept.DisposeAsync();
        }

        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var folder in new[] { _cluster!.ServerFolder, _folder }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_reader_outlives_a_crash_of_the_database_and_misses_nothing()
    {
        var (admin, _) = await Seed.User(_services!, Role.Admin, null);
        await ManyTransactions();
        var sender = _services!.GetRequiredService<UseCaseSender>();
        var (reader, listener) = (_services!.GetRequiredService<OutboxReader>(), Hosted<OutboxListener>());
        using var follower = (await sender.Send(new FollowChanges.Query(), admin.As(), Ct)).Value!;
        await reader.StartAsync(Ct);
        await listener.StartAsync(Ct);
        Assert.True((await follower.Next(TimeSpan.Zero, Ct))!.StartOver);
        await Until(follower, await Name("Before"));

        await Kill();
        Assert.True(await _cluster!.RestartIfDown(Ct));
        var after = await Name("After");
        await Until(follower, after);
        Assert.InRange(_services!.GetRequiredService<OutboxLag>().Seconds, 0, 60);
        await reader.StopAsync(Ct);
        await listener.StopAsync(Ct);

        // The first statements on the connections of before find them broken.
        async Task<CustomerId> Name(string name)
        {
            while (true)
            {
                var made = await sender.Send(new CreateCustomer.Command(name), admin.As(), Ct);
                if (made.Ok)
                {
                    return made.Value.Id;
                }

                Assert.Equal(ProblemCode.Unavailable, made.Problem.Code);
            }
        }
    }

    private static async Task Until(ChangeSubscription follower, CustomerId customer)
    {
        ChangeBatch changes;
        do
        {
            changes = (await follower.Next(TimeSpan.Zero, Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct))!;
        }
        while (!changes.StartOver && changes.Items.All(change => change.Customer != customer));
        Assert.False(changes.StartOver);
    }

    private T Hosted<T>() => _services!.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<T>().Single();

    /// <summary>What a reader that met the crash reads again would tell the follower of new rights, if they were that young.</summary>
    private async Task ManyTransactions()
    {
        await using var connection = new NpgsqlConnection(_owner);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(
            "do $$ begin for i in 1..2000 loop perform pg_current_xact_id(); commit; end loop; end $$", connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task Kill()
    {
        var folder = ClusterFolder.Open(_folder);
        var pid = int.Parse((await File.ReadAllLinesAsync(Path.Combine(folder.Cluster, "postmaster.pid"), Ct))[0],
            CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(pid);
        server.Kill();
        while (PostmasterFile.Read(folder).State != ServerState.Stopped)
        {
            await Task.Yield();
        }
    }
}
