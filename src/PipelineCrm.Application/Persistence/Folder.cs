using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineCrm.Common;

namespace PipelineCrm.Persistence;

/// <summary>Folds what changed into what is kept for readers, from time to time, off the path of a move.</summary>
internal abstract class Folder(IServiceScopeFactory scopes, TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected abstract Task Fold(CrmDbContext db, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await FoldOrLog(stoppingToken);
        }
    }

    /// <summary>Whatever goes wrong, the next time comes: an exception that left a background service would end the whole application.</summary>
    internal async Task FoldOrLog(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await Fold(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), ct);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            log.LogWarning("{Folder} did not fold, the database is away: {Kind}", GetType().Name, outage.GetType().Name);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            log.LogError(bug, "{Folder} did not fold", GetType().Name);
        }
    }
}
