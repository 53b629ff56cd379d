using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PipelineCrm.Persistence;

/// <summary>Folds what changed into what is kept for readers, from time to time, off the path of a move.</summary>
internal abstract class Folder(IServiceScopeFactory scopes, TimeProvider time, ILogger log) : BackgroundWork(log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected abstract Task Fold(CrmDbContext db, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await OnceOrLog(stoppingToken);
        }
    }

    protected override async Task Once(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Fold(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), ct);
    }
}
