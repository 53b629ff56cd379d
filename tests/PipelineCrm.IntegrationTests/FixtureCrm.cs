using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.TestSupport;

namespace PipelineCrm.IntegrationTests;

/// <summary>The application on a database of its own, without a web server: <c>IClassFixture&lt;Crm&gt;</c>.</summary>
public sealed class Crm(TestCluster cluster) : IAsyncLifetime
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
        services.AddPipelineCrm(_ => Connections.Crm);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    public async ValueTask DisposeAsync() => await (_services?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>A user, written straight into the database, for tests that are not about making users.</summary>
    public async Task<UserId> UserAsync(Role role, TeamId? team = null)
    {
        var id = UserId.New();
        var name = $"{role}-{id}@test.example";
        await SaveAsync(new User
        {
            Id = id,
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            Email = name,
            NormalizedEmail = name.ToUpperInvariant(),
            DisplayName = $"{role} {id}",
            Role = role,
            TeamId = team,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        });
        return id;
    }

    public async Task<TeamId> TeamAsync(TeamId? parent = null)
    {
        var id = TeamId.New();
        await SaveAsync(new Team { Id = id, Name = $"Team {id}", ParentId = parent, CreatedAt = TimeProvider.System.GetUtcNow() });
        return id;
    }

    /// <summary>A connection of the application's role, for what it may not do.</summary>
    public Task<NpgsqlConnection> AsAppAsync() => OpenAsync(Connections.Crm);

    /// <summary>A connection of the role that owns the tables.</summary>
    public Task<NpgsqlConnection> AsOwnerAsync() => OpenAsync(Connections.Owner);

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task SaveAsync(object entity)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.Add(entity);
        await db.SaveChangesAsync();
    }
}
