using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Outbox;
using PipelineCrm.Persistence.Projections;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Live;

/// <summary>Deletes rows of the outbox that are a day old, which every node has read long since, every hour, in short
/// transactions.</summary>
internal sealed class OutboxPurge(IServiceScopeFactory scopes, TimeProvider time, ILogger<OutboxPurge> log) : BackgroundWork(log)
{
    public const int Portion = 5000;

    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <returns>How many rows were deleted.</returns>
    public async Task<int> Purge(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        await db.Database.OpenConnectionAsync(ct);
        var (before, deleted, all) = (time.GetUtcNow() - Kept, 0, 0);
        do
        {
            deleted = 0;
            await new SqlBatch(db.Connection).Query(OutboxSql.Purge, _ => deleted++, before.UtcDateTime, Portion).Run(ct);
            all += deleted;
        }
        while (deleted == Portion);

        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            await RunOnceOrLog(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    protected override async Task RunOnce(CancellationToken ct)
    {
        if (await Purge(ct) is > 0 and var deleted)
        {
            log.LogInformation("{Count} old rows of the outbox were deleted", deleted);
        }
    }
}
