using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Benchmarks;

/// <summary>A durable PostgreSQL of the run's own with the migrated database, and the application on it.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    private readonly string _folder;
    private readonly PrivateCluster _cluster;
    private readonly ServiceProvider _services;

    private BenchmarkHost(string folder, PrivateCluster cluster, CrmConnections connections)
    {
        (_folder, _cluster) = (folder, cluster);
        Connections = connections;
        Admin = new NpgsqlConnectionStringBuilder(cluster.AdminConnectionString)
        {
            Database =
            new NpgsqlConnectionStringBuilder(connections.Crm).Database,
            CommandTimeout = 0
        }.ConnectionString;
        _services = Services(App);
    }

    public CrmConnections Connections { get; }

    /// <summary>The application's role.</summary>
    public string App => Connections.Crm;

    public string Admin { get; }

    public string ServerLog => Path.Combine(_cluster.ServerFolder, "server.log");

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public UseCaseSender Door => _services.GetRequiredService<UseCaseSender>();

    public static async Task<BenchmarkHost> Open()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"pipelinecrm-bench-{Guid.NewGuid():N}"[..32]);
        var cluster =
            await PrivateCluster.Join(new(folder, Environment.GetEnvironmentVariable("PIPELINECRM_POSTGRES_BIN")), CancellationToken.None);
        var connections = await cluster.Provision(CancellationToken.None);
        await CrmDatabase.Migrate(connections, CancellationToken.None);
        return new BenchmarkHost(folder, cluster, connections);
    }

    public static ServiceProvider Services(string connectionString)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPipelineCrm(_ => connectionString);
        return services.BuildServiceProvider();
    }

    public static Caller As(UserId user) => new(user, Channel.Board);

    public static async Task<NpgsqlConnection> Connect(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Composed of constants.")]
    public async Task ExecuteAsAdmin(string sql)
    {
        await using var connection = await Connect(Admin);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    [SuppressMessage("Security", "CA2100", Justification = "Composed of constants.")]
    public async Task<T> Ask<T>(string sql)
    {
        await using var connection = await Connect(Admin);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _cluster.DisposeAsync();
        foreach (var folder in new[] { _cluster.ServerFolder, _folder }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
