using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The application with a PostgreSQL of its own, which can be taken away and brought back.</summary>
public sealed class AppWithOwnDatabase(TestCluster cluster, Chromium chromium) : BrowserApp(cluster, chromium)
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"pipelinecrm-outage-{Guid.NewGuid():N}");
    private PrivateCluster? _own;

    public async Task StopDatabase()
    {
        var folder = ClusterFolder.Open(_folder);
        var binaries = await PostgresBinaries.Find(null, folder.MadeBy, CancellationToken.None);
        await ServerProcess.RunOrThrow(binaries.PgCtl, ["stop", "--pgdata", folder.Cluster, "--mode=fast", "--wait"], ServerProcess.User,
            "It did not stop", CancellationToken.None);
    }

    /// <summary>Nothing where it runs.</summary>
    public Task StartDatabase() => _own!.RestartIfDown(CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_own is not null)
        {
            await _own.DisposeAsync();
            foreach (var folder in new[] { _own.ServerFolder, _folder }.Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    protected override async Task<CrmConnections> Connect()
    {
        _own = await PrivateCluster.Join(new(_folder, Environment.GetEnvironmentVariable("PIPELINECRM_POSTGRES_BIN"), Durable: false),
            CancellationToken.None);
        var connections = await _own.Provision(CancellationToken.None);
        await CrmDatabase.Migrate(connections, CancellationToken.None);
        return connections;
    }
}

/// <summary>As after a restart of the server: nothing is left of a page.</summary>
public sealed class RestartedApp(TestCluster cluster, Chromium chromium) : AppWithoutRetention(cluster, chromium)
{
    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Services.PostConfigure<CircuitOptions>(options => options.PersistedCircuitInMemoryMaxRetained = 0);
    }
}
