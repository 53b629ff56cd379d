using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Projections;

namespace PipelineCrm.Deals;

/// <summary>Deletes stored answers whose time is over, every hour, in short transactions that no move waits for.</summary>
internal sealed class IdempotencyPurge(IServiceScopeFactory scopes, TimeProvider time, ILogger<IdempotencyPurge> log) : BackgroundWork(log)
{
    public const int BatchSize = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Deletes all that is due now.</summary>
    /// <returns>How many answers were deleted.</returns>
    public async Task<int> Purge(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var (before, deleted, all) = (time.GetUtcNow().AddDays(-IdempotentCommands.DaysKept), 0, 0);
        do
        {
            deleted = await db.Database.ExecuteSqlAsync(
                $"""
                delete from stored_answers a using (
                    select user_id, key from stored_answers where created_at < {before} order by created_at limit {BatchSize} for update skip locked) due
                where a.user_id = due.user_id and a.key = due.key
                """,
                ct);
            all += deleted;
        }
        while (deleted == BatchSize);

        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await RunOnceOrLog(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    protected override Task RunOnce(CancellationToken ct) => Purge(ct);
}
