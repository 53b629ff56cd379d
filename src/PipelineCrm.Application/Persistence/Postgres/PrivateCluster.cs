using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PipelineCrm.Persistence.Postgres;

/// <param name="DataFolder">Where the cluster, its passwords and its locks lie.</param>
/// <param name="BinFolder">PostgreSQL's programs; null: the newest on the machine.</param>
/// <param name="Durable">False only for tests, whose data nobody will miss after a crash.</param>
public sealed record PrivateClusterOptions(string DataFolder, string? BinFolder = null, bool Durable = true);

/// <summary>
/// A PostgreSQL of one's own in a data folder, on loopback only. Every process that uses it holds one of these;
/// the first starts the server, the last stops it.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private const string Admin = "pipelinecrm_admin";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly PrivateClusterOptions _options;
    private readonly ClusterFolder _folder;
    private readonly (string Admin, string Owner, string App) _passwords;
    private FileStream? _user;

    private PrivateCluster(PrivateClusterOptions options, ClusterFolder folder) =>
        (_options, _folder, _passwords) = (options, folder, folder.Passwords());

    public int Port { get; private set; }

    /// <summary>Where the server's own files lie: in the data folder, or under /var/lib where root's folder is closed to the
    /// server.</summary>
    public string ServerFolder => _folder.Server;

    public string AdminConnectionString => ConnectionString("postgres", Admin, _passwords.Admin);

    /// <summary>Joins the server in the data folder, starting it where it does not run; makes it where there is none.</summary>
    public static async Task<PrivateCluster> Join(PrivateClusterOptions options, CancellationToken ct)
    {
        try
        {
            var folder = ClusterFolder.Open(options.DataFolder);
            await using var starting = await FileLock.Exclusive(folder.StartLock, ct);
            var cluster = new PrivateCluster(options, folder) { _user = FileLock.Shared(folder.UsersLock) };
            try
            {
                await cluster.EnsureRunning(keepPort: false, ct);
                return cluster;
            }
            catch
            {
                await cluster.Leave();
                throw;
            }
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new DatabaseStartException(
                $"The data folder {options.DataFolder} is not this user's ({denied.Message}): name another with PIPELINECRM_DATA.", denied);
        }
        catch (IOException unusable)
        {
            throw new DatabaseStartException(
                $"The data folder {options.DataFolder} cannot be used ({unusable.Message}): name another with PIPELINECRM_DATA.", unusable);
        }
    }

    /// <summary>The connection strings of application and owner for the product's own database, made where it is missing.</summary>
    public async Task<CrmConnections> Provision(CancellationToken ct)
    {
        var names = new CrmDatabaseNames();
        await using (await FileLock.Exclusive(_folder.StartLock, ct))
        {
            await CrmDatabase.Provision(AdminConnectionString, names, _passwords.Owner, _passwords.App, ct);
        }
        return new(ConnectionString(names.Database, names.App, _passwords.App),
            ConnectionString(names.Database, names.Owner, _passwords.Owner));
    }

    /// <summary>Starts the server again, on the port that everybody knows, if it went away; tells whether it had to.</summary>
    public async Task<bool> RestartIfDown(CancellationToken ct)
    {
        if (PostmasterFile.Read(_folder).State == ServerState.Ready)
        {
            return false;
        }
        await using var starting = await FileLock.Exclusive(_folder.StartLock, ct);
        return await EnsureRunning(keepPort: true, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_user is null)
        {
            return;
        }
        await using var stopping = await FileLock.Exclusive(_folder.StartLock, CancellationToken.None);
        await Leave();
    }

    /// <summary>Called with the start lock held: lets go of the server and stops it where nobody else uses it.</summary>
    private async Task Leave()
    {
        _user?.Dispose();
        _user = null;
        using var last = FileLock.TryExclusive(_folder.UsersLock);
        if (last is null || PostmasterFile.Read(_folder).State == ServerState.Stopped)
        {
            return;
        }
        var binaries = await PostgresBinaries.Find(_options.BinFolder, _folder.MadeBy, CancellationToken.None);
        var outcome = await ServerProcess.Run(
            binaries.PgCtl, ["stop", "--pgdata", _folder.Cluster, "--mode=fast", "--wait", "--timeout=60"], ServerProcess.User,
            CancellationToken.None);
        // It may have died by itself meanwhile.
        if (outcome.ExitCode != 0 && PostmasterFile.Read(_folder).State != ServerState.Stopped)
        {
            throw new DatabaseStartException($"PostgreSQL did not stop: {outcome.Output.ReplaceLineEndings(" ")}");
        }
    }

    private async Task<bool> EnsureRunning(bool keepPort, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        PostgresBinaries? binaries = null;
        while (true)
        {
            var (state, port) = PostmasterFile.Read(_folder);
            if (state == ServerState.Ready)
            {
                Port = port;
                return binaries is not null;
            }
            var late = Stopwatch.GetElapsedTime(since) > StartTimeout;
            if (state == ServerState.Stopped)
            {
                binaries ??= await PostgresBinaries.Find(_options.BinFolder, _folder.MadeBy, ct);
                await Start(binaries, keepPort, late, ct);
            }
            else if (late)
            {
                throw new DatabaseStartException(
                    $"PostgreSQL has not become ready for {StartTimeout.TotalMinutes:0} minutes; its log is {_folder.Log}.");
            }
            await Task.Delay(25, ct);
        }
    }

    private async Task Start(PostgresBinaries binaries, bool keepPort, bool lastTry, CancellationToken ct)
    {
        if (_folder.MadeBy is null)
        {
            await ClusterInitializer.Initialize(binaries, _folder, _options.Durable, Admin, _passwords.Admin, ct);
        }
        // Only a crash leaves it here, and its number may have become another process since.
        File.Delete(_folder.PostmasterFile);
        var port = keepPort ? Port : FreePort(_folder.LastPort);
        var logged = File.Exists(_folder.Log) ? new FileInfo(_folder.Log).Length : 0;
        var outcome = await ServerProcess.Run(
            binaries.PgCtl,
            ["start", "--pgdata", _folder.Cluster, "--log", _folder.Log, "--wait", "--timeout=120", "--options", $"-p {port}"],
            ServerProcess.User, CancellationToken.None);
        if (outcome.ExitCode == 0)
        {
            _folder.LastPort = port;
            return;
        }
        var said = NewFatalLines(logged);
        // After a crash the old server's children take a moment to go; a port can be taken between choosing and using it.
        var passing = said.Contains("shared memory block", StringComparison.Ordinal)
            || (said.Contains("could not bind", StringComparison.Ordinal) && !keepPort);
        if (!passing || lastTry)
        {
            throw new DatabaseStartException($"PostgreSQL did not start: {said} (log: {_folder.Log})");
        }
    }

    private string NewFatalLines(long from)
    {
        if (!File.Exists(_folder.Log))
        {
            return "it wrote no log.";
        }
        using var log = new FileStream(_folder.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = Math.Min(from, log.Length);
        using var reader = new StreamReader(log);
        return string.Join(' ', reader.ReadToEnd().Split('\n')
            .Where(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("could not", StringComparison.Ordinal)));
    }

    private static int FreePort(int? wanted)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, wanted ?? 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException) when (wanted is not null)
        {
            return FreePort(null);
        }
    }

    private string ConnectionString(string database, string role, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = role,
        Password = password,
        ApplicationName = "PipelineCrm",
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;
}
