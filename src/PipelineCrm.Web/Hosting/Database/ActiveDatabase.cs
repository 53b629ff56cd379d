using System.Data.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Backups;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Web.Hosting;

/// <summary>The database that this process works on, migrated: a given one, or a private PostgreSQL that ends with its last user.</summary>
internal sealed class ActiveDatabase : IAsyncDisposable
{
    private const string BinFolderSetting = "PIPELINECRM_POSTGRES_BIN";
    private const string Refusal =
        "No database: give its connection string as ConnectionStrings__Crm, or set PIPELINECRM_PRIVATE_DB=1 for a private PostgreSQL.";

    /// <summary>Of the data folder: where backups lie that were made before a migration.</summary>
    private const string Backups = "backups";

    private ActiveDatabase(CrmConnections connections, PrivateCluster? cluster) => (Connections, Cluster) = (connections, cluster);

    public CrmConnections Connections { get; }

    public PrivateCluster? Cluster { get; }

    /// <summary>Where the private PostgreSQL lies; null where a database was given.</summary>
    public string? DataFolder { get; private init; }

    /// <summary>PostgreSQL's programs, as configured; null: wherever they are found.</summary>
    public string? BinFolder { get; private init; }

    /// <summary>What a restore replaces, and who may make and rename databases there.</summary>
    public RestoreTarget Server => Cluster is { } cluster
        ? new(Connections, cluster.AdminConnectionString, BinFolder)
        : RestoreTarget.Of(Connections, BinFolder);

    /// <summary>The migrations that were missing when this process started.</summary>
    public IReadOnlyList<string> Applied { get; private set; } = [];

    /// <summary>A database that is already migrated and that somebody else takes care of.</summary>
    public static ActiveDatabase Given(CrmConnections connections) => new(connections, null);

    public static async Task<ActiveDatabase> Open(IConfiguration configuration, IHostEnvironment environment, CancellationToken ct)
    {
        var database = await Resolve(configuration, environment, ct);
        try
        {
            database.Applied =
                await Tell(() => CrmDatabase.Migrate(database.Connections, ct, missing => database.BackUpBefore(missing, ct)));
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the database says no to is told in one sentence.</summary>
    /// <exception cref="DatabaseStartException">It said no.</exception>
    public static async Task<T> Tell<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException failed)
        {
            throw new DatabaseStartException(CrmDatabase.Explain(failed), failed);
        }
    }

    /// <summary>Backs up into the private PostgreSQL's folder before something that cannot be taken back, and says so.</summary>
    /// <remarks>Not a given database, which whoever runs it backs up, and not one that nobody has worked with yet.</remarks>
    public async Task BackUp(string before, string told, CancellationToken ct)
    {
        if (DataFolder is null || !await CrmDatabase.HasData(Connections.Owner, ct))
        {
            return;
        }

        var file = await new BackupFolder(Path.Combine(DataFolder, Backups)).Add(Connections.Owner, BinFolder, before, ct);
        await Console.Error.WriteLineAsync($"Backed up to {file} before {told}.");
    }

    public ValueTask DisposeAsync() => Cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task BackUpBefore(IReadOnlyList<string> missing, CancellationToken ct)
    {
        try
        {
            await BackUp(missing[0], missing.Count == 1 ? $"migration {missing[0]}" : $"{missing.Count} migrations", ct);
        }
        catch (BackupException failed)
        {
            throw new DatabaseStartException($"The database was not migrated, because it could not be backed up before: {failed.Message}",
                failed);
        }
    }

    /// <summary>The database as it is, migrated or not.</summary>
    public static async Task<ActiveDatabase> Resolve(IConfiguration configuration, IHostEnvironment environment, CancellationToken ct)
    {
        if (Configured(configuration, "Crm") is { } crm)
        {
            return new(Connect(crm, Configured(configuration, "CrmOwner")), null) { BinFolder = configuration[BinFolderSetting] };
        }
        var wanted = configuration["PIPELINECRM_PRIVATE_DB"] == "1" || environment.IsDevelopment() || environment.IsEnvironment("Test");
        if (!wanted)
        {
            throw new DatabaseStartException(Refusal);
        }
        if (OperatingSystem.IsWindows())
        {
            throw new DatabaseStartException("There is no private PostgreSQL on Windows: give ConnectionStrings__Crm.");
        }
        var folder = FolderOf(configuration);
        var binFolder = configuration[BinFolderSetting];
        var cluster = await PrivateCluster.Join(new(folder, binFolder), ct);
        try
        {
            return new(await cluster.Provision(ct), cluster) { DataFolder = folder, BinFolder = binFolder };
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Null where it is not set. An empty one was meant to be one: a private database in its place, or one role for both, would be
    /// a surprise.</summary>
    private static string? Configured(IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name) is { } given && string.IsNullOrWhiteSpace(given)
            ? throw new DatabaseStartException($"ConnectionStrings__{name} is empty: give a connection string, or do not set it.")
            : configuration.GetConnectionString(name);

    private static CrmConnections Connect(string crm, string? owner)
    {
        try
        {
            return CrmConnections.Given(crm, owner);
        }
        catch (ArgumentException malformed)
        {
            throw new DatabaseStartException(
                $"ConnectionStrings__Crm or ConnectionStrings__CrmOwner is no connection string: {malformed.Message}", malformed);
        }
    }

    private static string FolderOf(IConfiguration configuration)
    {
        if (configuration["PIPELINECRM_DATA"] is { Length: > 0 } named)
        {
            return named;
        }
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return own.Length > 0
            ? Path.Combine(own, "pipelinecrm")
            : throw new DatabaseStartException("This user has no home folder: name a data folder with PIPELINECRM_DATA.");
    }
}
