using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The application with a PostgreSQL of its own, which can be taken away and brought back.</summary>
public sealed class AppWithOwnDatabase(TestCluster cluster, Chromium chromium) : RunningApp(cluster, chromium)
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"pipelinecrm-outage-{Guid.NewGuid():N}");
    private PrivateCluster? _own;

    public async Task StopDatabaseAsync()
    {
        var folder = ClusterFolder.Open(_folder);
        var binaries = await PostgresBinaries.FindAsync(null, folder.MadeBy, CancellationToken.None);
        await ServerProgram.RunOrThrowAsync(binaries.PgCtl, ["stop", "--pgdata", folder.Cluster, "--mode=fast", "--wait"], ServerProgram.User, "It did not stop", CancellationToken.None);
    }

    /// <summary>Nothing where it runs.</summary>
    public Task StartDatabaseAsync() => _own!.ReviveAsync(CancellationToken.None);

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

    protected override async Task<CrmConnections> ConnectAsync()
    {
        _own = await PrivateCluster.EnterAsync(new(_folder, Environment.GetEnvironmentVariable("PIPELINECRM_POSTGRES_BIN"), Durable: false), CancellationToken.None);
        var connections = await _own.ProvisionAsync(CancellationToken.None);
        await CrmDatabase.MigrateAsync(connections, CancellationToken.None);
        return connections;
    }
}

/// <summary>The application at the end of a <see cref="Outages.Cable"/>.</summary>
public class AppOnCable(TestCluster cluster, Chromium chromium) : RunningApp(cluster, chromium)
{
    internal Cable Cable { get; private set; } = null!;

    public override string Address => Cable.Address;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Cable = new Cable(base.Address);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Cable.DisposeAsync();
        await base.DisposeAsync();
    }
}

/// <summary>As after a night: what a page knew on the server is gone as soon as its connection is; what it left behind is there.</summary>
public class ForgetfulApp(TestCluster cluster, Chromium chromium) : AppOnCable(cluster, chromium)
{
    protected override void Configure(WebApplicationBuilder builder) =>
        builder.Services.PostConfigure<CircuitOptions>(options => options.DisconnectedCircuitMaxRetained = 0);
}

/// <summary>As after a restart of the server: nothing is left of a page.</summary>
public sealed class RestartedApp(TestCluster cluster, Chromium chromium) : ForgetfulApp(cluster, chromium)
{
    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Services.PostConfigure<CircuitOptions>(options => options.PersistedCircuitInMemoryMaxRetained = 0);
    }
}
