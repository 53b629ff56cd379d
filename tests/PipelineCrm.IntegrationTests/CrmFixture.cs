using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests;

/// <summary>The application on a database of its own, without a web server: <c>IClassFixture&lt;Crm&gt;</c>.</summary>
public class CrmFixture(TestCluster cluster) : IAsyncLifetime
{
    private ServiceProvider? _services;

    public CrmConnections Connections { get; private set; } = null!;

    public IServiceProvider Services => _services!;

    public UseCaseSender Door => Services.GetRequiredService<UseCaseSender>();

    public async ValueTask InitializeAsync()
    {
        Connections = await cluster.NewDatabase();
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
    public async Task<UserId> User(Role role, TeamId? team = null) => (await Seed.User(Services, role, team)).Id;

    public Task<TeamId> Team(TeamId? parent = null) => Seed.Team(Services, parent);

    /// <summary>A connection of the application's role, for what it may not do.</summary>
    public Task<NpgsqlConnection> AsApp() => Open(Connections.Crm);

    /// <summary>A connection of the role that owns the tables.</summary>
    public Task<NpgsqlConnection> AsOwner() => Open(Connections.Owner);

    /// <summary>What nobody can do through the application: a superuser rewrites rows, triggers and foreign keys asleep.</summary>
    public async Task<NpgsqlConnection> AsSuperuser()
    {
        var database = new NpgsqlConnectionStringBuilder(Connections.Owner).Database;
        var connection = await Open(
            new NpgsqlConnectionStringBuilder(cluster.AdminConnectionString) { Database = database, Pooling = false }.ConnectionString);
        await using var asleep = new NpgsqlCommand("set session_replication_role = replica", connection);
        await asleep.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<NpgsqlConnection> Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }
}
