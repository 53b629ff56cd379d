using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests;

/// <summary>The application on a database of its own, without a web server: <c>IClassFixture&lt;Crm&gt;</c>.</summary>
public class Crm(TestCluster cluster) : IAsyncLifetime
{
    private ServiceProvider? _services;

    public CrmConnections Connections { get; private set; } = null!;

    public IServiceProvider Services => _services!;

    public Door Door => Services.GetRequiredService<Door>();

    public async ValueTask InitializeAsync()
    {
        Connections = await cluster.NewDatabaseAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        Configure(services);
        var connection = AppConnection;
        services.AddPipelineCrm(_ => connection);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>How the application reaches its database.</summary>
    protected virtual string AppConnection => Connections.Crm;

    /// <summary>What a test wants otherwise than everybody.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>A user, written straight into the database, for tests that are not about making users.</summary>
    public async Task<UserId> UserAsync(Role role, TeamId? team = null) => (await Seed.UserAsync(Services, role, team)).Id;

    public Task<TeamId> TeamAsync(TeamId? parent = null) => Seed.TeamAsync(Services, parent);

    /// <summary>A connection of the application's role, for what it may not do.</summary>
    public Task<NpgsqlConnection> AsAppAsync() => OpenAsync(Connections.Crm);

    /// <summary>A connection of the role that owns the tables.</summary>
    public Task<NpgsqlConnection> AsOwnerAsync() => OpenAsync(Connections.Owner);

    /// <summary>What nobody can do through the application: a superuser rewrites rows, triggers and foreign keys asleep.</summary>
    public async Task<NpgsqlConnection> AsSuperuserAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(Connections.Owner).Database;
        var connection = await OpenAsync(new NpgsqlConnectionStringBuilder(cluster.AdminConnectionString) { Database = database, Pooling = false }.ConnectionString);
        await using var asleep = new NpgsqlCommand("set session_replication_role = replica", connection);
        await asleep.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }
}
