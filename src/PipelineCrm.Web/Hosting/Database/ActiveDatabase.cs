using System.Data.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Web.Hosting;

/// <summary>The database that this process works on, migrated: a given one, or a private PostgreSQL that ends with its last user.</summary>
internal sealed class ActiveDatabase : IAsyncDisposable
{
    private const string Refusal =
        "No database: give its connection string as ConnectionStrings__Crm, or set PIPELINECRM_PRIVATE_DB=1 for a private PostgreSQL.";

    private ActiveDatabase(CrmConnections connections, PrivateCluster? cluster) => (Connections, Cluster) = (connections, cluster);

    public CrmConnections Connections { get; }

    public PrivateCluster? Cluster { get; }

    /// <summary>Where the private PostgreSQL lies; null where a database was given.</summary>
    public string? DataFolder { get; private init; }

    /// <summary>The migrations that were missing when this process started.</summary>
    public IReadOnlyList<string> Applied { get; private set; } = [];

    /// <summary>A database that is already migrated and that somebody else takes care of.</summary>
    public static ActiveDatabase Given(CrmConnections connections) => new(connections, null);

    public static async Task<ActiveDatabase> Open(IConfiguration configuration, IHostEnvironment environment, CancellationToken ct)
    {
        var database = await Resolve(configuration, environment, ct);
        try
        {
            database.Applied = await CrmDatabase.Migrate(database.Connections, ct);
            return database;
        }
        catch (DbException failed)
        {
            await database.DisposeAsync();
            throw new DatabaseStartException(CrmDatabase.Explain(failed), failed);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<ActiveDatabase> Resolve(IConfiguration configuration, IHostEnvironment environment, CancellationToken ct)
    {
        if (configuration.GetConnectionString("Crm") is { Length: > 0 } crm)
        {
            return Given(Connect(crm, configuration.GetConnectionString("CrmOwner")));
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
        var cluster = await PrivateCluster.Join(new(folder, configuration["PIPELINECRM_POSTGRES_BIN"]), ct);
        try
        {
            return new(await cluster.Provision(ct), cluster) { DataFolder = folder };
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private static CrmConnections Connect(string crm, string? owner)
    {
        try
        {
            return CrmConnections.Given(crm, owner);
        }
        catch (ArgumentException malformed)
        {
            throw new DatabaseStartException($"ConnectionStrings__Crm or ConnectionStrings__CrmOwner is no connection string: {malformed.Message}", malformed);
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
