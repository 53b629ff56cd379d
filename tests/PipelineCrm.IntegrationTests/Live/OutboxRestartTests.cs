using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.People;
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

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = await PrivateCluster.EnterAsync(new(_folder, Environment.GetEnvironmentVariable("PIPELINECRM_POSTGRES_BIN"), Durable: false), Ct);
        var connections = await _cluster.ProvisionAsync(Ct);
        await CrmDatabase.MigrateAsync(connections, Ct);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPipelineCrm(_ => connections.Crm);
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);
        NpgsqlConnection.ClearAllPools();
        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var folder in new[] { _cluster!.ServerFolder, _folder }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_reader_outlives_a_crash_of_the_database_and_misses_nothing()
    {
        var (admin, _) = await Seed.UserAsync(_services!, Role.Admin, null);
        var door = _services!.GetRequiredService<Door>();
        var (reader, listener) = (_services!.GetRequiredService<OutboxReader>(), Hosted<OutboxListener>());
        using var follower = (await door.Send(new FollowChanges.Query(), admin.As(), Ct)).Value!;
        await reader.StartAsync(Ct);
        await listener.StartAsync(Ct);
        Assert.True((await follower.Next(TimeSpan.Zero, Ct))!.StartOver);
        await UntilAsync(follower, await NameAsync("Before"));

        await KillAsync();
        Assert.True(await _cluster!.ReviveAsync(Ct));
        var after = await NameAsync("After");
        await UntilAsync(follower, after);
        Assert.InRange(_services!.GetRequiredService<OutboxLag>().Seconds, 0, 60);
        await reader.StopAsync(Ct);
        await listener.StopAsync(Ct);

        // The first statements on the connections of before find them broken.
        async Task<CustomerId> NameAsync(string name)
        {
            while (true)
            {
                var made = await door.Send(new CreateCustomer.Command(name), admin.As(), Ct);
                if (made.Ok)
                {
                    return made.Value.Id;
                }

                Assert.Equal(ProblemCode.Unavailable, made.Problem.Code);
            }
        }
    }

    private static async Task UntilAsync(ChangeSubscription follower, CustomerId customer)
    {
        Changes changes;
        do
        {
            changes = (await follower.Next(TimeSpan.Zero, Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct))!;
        }
        while (!changes.StartOver && changes.Items.All(change => change.Customer != customer));
        Assert.False(changes.StartOver);
    }

    private T Hosted<T>() => _services!.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<T>().Single();

    private async Task KillAsync()
    {
        var folder = ClusterFolder.Open(_folder);
        var pid = int.Parse((await File.ReadAllLinesAsync(Path.Combine(folder.Cluster, "postmaster.pid"), Ct))[0], CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(pid);
        server.Kill();
        while (PostmasterFile.Read(folder).State != ServerState.Stopped)
        {
            await Task.Yield();
        }
    }
}
