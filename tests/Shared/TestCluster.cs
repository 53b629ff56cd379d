using Npgsql;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Postgres;
using PipelineCrm.TestSupport;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace PipelineCrm.TestSupport;

/// <summary>
/// One PostgreSQL for the whole run, with a migrated template to copy databases from: a private one that nobody will
/// miss after a crash, or the one that PIPELINECRM_TEST_ADMIN names by an administrator's connection string.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    private readonly string _run = $"test_{Guid.NewGuid():N}"[..17];
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly List<string> _databases = [];
    private readonly string? _given = Environment.GetEnvironmentVariable("PIPELINECRM_TEST_ADMIN");
    private string _dataFolder = "";
    private PrivateCluster? _cluster;
    private int _number;

    public string AdminConnectionString => string.IsNullOrEmpty(_given) ? _cluster!.AdminConnectionString : _given;

    /// <summary>The private server, for tests that take it away and bring it back; null where a server was given.</summary>
    public PrivateCluster? Private => _cluster;

    private CrmDatabaseNames Template => Names("template");

    public async ValueTask InitializeAsync()
    {
        if (string.IsNullOrEmpty(_given))
        {
            _dataFolder = Path.Combine(Path.GetTempPath(), $"pipelinecrm-{_run}");
            _cluster = await PrivateCluster.Join(new(_dataFolder, Environment.GetEnvironmentVariable("PIPELINECRM_POSTGRES_BIN"), Durable: false), CancellationToken.None);
        }
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

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
            foreach (var folder in new[] { _cluster.ServerFolder, _dataFolder }.Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }
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
