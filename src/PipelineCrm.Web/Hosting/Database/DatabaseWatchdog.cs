using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Web.Hosting;

/// <summary>Says at the start what the database does not promise, and starts a private one again when it went away.</summary>
internal sealed partial class DatabaseWatchdog(ActiveDatabase database, IHostEnvironment environment, ILogger<DatabaseWatchdog> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var state = await CrmDatabase.Check(database.Connections.Crm, cancellationToken);
        if (environment.IsProduction() && !state.Durable)
        {
            LogNotDurable(state.Fsync, state.FullPageWrites, state.SynchronousCommit);
        }
        if (!state.TwoRoles)
        {
            LogOneRole();
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Cluster is not { } cluster)
        {
            return;
        }
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RestartIfDown(cluster, stoppingToken);
        }
    }

    private async Task RestartIfDown(PrivateCluster cluster, CancellationToken ct)
    {
        try
        {
            if (await cluster.RestartIfDown(ct))
            {
                LogRestarted();
            }
        }
        catch (DatabaseStartException failed)
        {
            LogStillDown(failed.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "A crash may lose what this database has confirmed: fsync {Fsync}, full_page_writes {FullPageWrites}, synchronous_commit {SynchronousCommit}")]
    private partial void LogNotDurable(bool fsync, bool fullPageWrites, bool synchronousCommit);

    [LoggerMessage(LogLevel.Warning,
        "One database role serves as owner and as application: it could switch off what protects the ledger. Give ConnectionStrings__CrmOwner a role of its own")]
    private partial void LogOneRole();

    [LoggerMessage(LogLevel.Warning, "PostgreSQL had gone away and was started again")]
    private partial void LogRestarted();

    [LoggerMessage(LogLevel.Error, "PostgreSQL is away: {Reason}")]
    private partial void LogStillDown(string reason);
}
