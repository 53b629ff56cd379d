using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PipelineCrm.Persistence.Projections;

/// <summary>Applies recorded changes to a stored read model, at intervals, off the path of a move.</summary>
internal abstract class Projection(IServiceScopeFactory scopes, TimeProvider time, ILogger log) : BackgroundWork(log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected abstract Task CatchUp(CrmDbContext db, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RunOnceOrLog(stoppingToken);
        }
    }

    protected override async Task RunOnce(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await CatchUp(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), ct);
    }
}
