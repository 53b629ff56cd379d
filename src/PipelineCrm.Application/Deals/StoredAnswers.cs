using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>Deletes stored answers whose time is over, every hour, in short transactions that no move waits for.</summary>
internal sealed class StoredAnswersPurge(IServiceScopeFactory scopes, TimeProvider time, ILogger<StoredAnswersPurge> log) : BackgroundWork(log)
{
    public const int Portion = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Deletes all that is due now.</summary>
    /// <returns>How many answers were deleted.</returns>
    public async Task<int> Purge(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var (before, deleted, all) = (time.GetUtcNow().AddDays(-Operations.DaysKept), 0, 0);
        do
        {
            deleted = await db.Database.ExecuteSqlAsync(
                $"""
                delete from stored_answers a using (
                    select user_id, key from stored_answers where created_at < {before} order by created_at limit {Portion} for update skip locked) due
                where a.user_id = due.user_id and a.key = due.key
                """,
                ct);
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
            await OnceOrLog(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    protected override Task Once(CancellationToken ct) => Purge(ct);
}
