using Npgsql;
using PipelineCrm.Persistence;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace PipelineCrm.TestSupport;

/// <summary>
/// One PostgreSQL for the whole run, with a migrated template to copy databases from: see <see cref="TestServer"/>.
/// </summary>
public class TestCluster : IAsyncLifetime
{
    private readonly string _run = $"test_{Guid.NewGuid():N}"[..17];
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly List<string> _databases = [];
    private TestServer? _server;
    private int _number;

    public string AdminConnectionString => _server!.AdminConnectionString;

    private CrmDatabaseNames Template => Names("template");

    public async ValueTask InitializeAsync()
    {
        _server = await Start(_run);
        await CrmDatabase.Provision(AdminConnectionString, Template, _password, _password, CancellationToken.None);
        _databases.Add(Template.Database);
        await CrmDatabase.Migrate(Connections(Template), CancellationToken.None);
    }

    /// <summary>A migrated database of the caller's own, with both roles.</summary>
    public async Task<CrmConnections> NewDatabase()
    {
        var names = Names($"{Interlocked.Increment(ref _number)}");
        await CrmDatabase.Copy(AdminConnectionString, Template.Database, names, CancellationToken.None);
        lock (_databases)
        {
            _databases.Add(names.Database);
        }
        return Connections(names);
    }

    private protected virtual Task<TestServer> Start(string run) => TestServer.Start(run);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server is null)
        {
            return;
        }

        if (!_server.IsGiven)
        {
            await _server.DisposeAsync();
            return;
        }

        await using var admin = NpgsqlDataSource.Create(AdminConnectionString);
        foreach (var database in _databases)
        {
            await using var drop = admin.CreateCommand($"drop database if exists \"{database}\" with (force)");
            await drop.ExecuteNonQueryAsync();
        }
        await using var roles = admin.CreateCommand($"drop role if exists \"{Template.Owner}\", \"{Template.App}\"");
        await roles.ExecuteNonQueryAsync();
    }

    private CrmDatabaseNames Names(string suffix) => new($"{_run}_{suffix}", $"{_run}_owner", $"{_run}_app");

    private CrmConnections Connections(CrmDatabaseNames names) =>
        new(Connection(names.Database, names.App), Connection(names.Database, names.Owner));

    private string Connection(string database, string role) => new NpgsqlConnectionStringBuilder(AdminConnectionString)
    {
        Database = database,
        Username = role,
        Password = _password,
        // Every class has pools of its own: what the ones before it left idle must not use up the server's connections.
        ConnectionIdleLifetime = 5,
        ConnectionPruningInterval = 1,
    }.ConnectionString;
}
