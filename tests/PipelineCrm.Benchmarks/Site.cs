using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Benchmarks;

/// <summary>A durable PostgreSQL of the run's own with the migrated database, and the application on it.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly string _folder;
    private readonly PrivateCluster _cluster;
    private readonly ServiceProvider _services;

    private Site(string folder, PrivateCluster cluster, CrmConnections connections)
    {
        (_folder, _cluster) = (folder, cluster);
        App = connections.Crm;
        Admin = new NpgsqlConnectionStringBuilder(cluster.AdminConnectionString) { Database = new NpgsqlConnectionStringBuilder(connections.Crm).Database, CommandTimeout = 0 }.ConnectionString;
        _services = Services(App);
    }

    /// <summary>The application's role.</summary>
    public string App { get; }

    public string Admin { get; }

    public string ServerLog => Path.Combine(_cluster.ServerFolder, "server.log");

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Door Door => _services.GetRequiredService<Door>();

    public static async Task<Site> OpenAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"pipelinecrm-bench-{Guid.NewGuid():N}"[..32]);
        var cluster = await PrivateCluster.EnterAsync(new(folder, Environment.GetEnvironmentVariable("PIPELINECRM_POSTGRES_BIN")), CancellationToken.None);
        var connections = await cluster.ProvisionAsync(CancellationToken.None);
        await CrmDatabase.MigrateAsync(connections, CancellationToken.None);
        return new Site(folder, cluster, connections);
    }

    public static ServiceProvider Services(string connectionString)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPipelineCrm(_ => connectionString);
        return services.BuildServiceProvider();
    }

    public static Caller As(UserId user) => new(user, Channel.Board);

    public static async Task<NpgsqlConnection> ConnectAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Composed of constants.")]
    public async Task AdminAsync(string sql)
    {
        await using var connection = await ConnectAsync(Admin);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    [SuppressMessage("Security", "CA2100", Justification = "Composed of constants.")]
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync(Admin);
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
