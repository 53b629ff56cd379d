using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>Answers of accepted moves, kept 30 days.</summary>
internal static class StoredAnswers
{
    public const int DaysKept = 30;

    /// <summary>A key whose time is over is free again, whether or not the purge has been there.</summary>
    private const string Forget =
        "delete from stored_answers where user_id = $1 and key = $2 and created_at < transaction_timestamp() - make_interval(days => $3) returning 1";

    /// <summary>The same answer as then, but for deals that have gone out of its reader's sight meanwhile.</summary>
    public static async Task<Moved> AsSeen(Moved answer, MoveScene scene, CancellationToken ct)
    {
        var named = new[] { answer.Deal.PreviousDealId, answer.Deal.ReferredByDealId, answer.Created?.Id }.OfType<DealId>().Select(id => id.Value).ToArray();
        if (named.Length == 0 || scene.Actor.Sees.Ids is not { } owners)
        {
            return answer;
        }

        var seen = new HashSet<Guid>();
        await new Reads(scene.Connection)
            .Add("select d.id from deals d where d.id = any($1) and d.owner_id = any($2)", row => seen.Add(row.GetGuid(0)), named, owners).Run(ct);
        return answer with
        {
            Deal = answer.Deal with { PreviousDealId = Seen(answer.Deal.PreviousDealId), ReferredByDealId = Seen(answer.Deal.ReferredByDealId) },
            Created = Seen(answer.Created?.Id) is null ? null : answer.Created,
        };

        DealId? Seen(DealId? id) => id is { } known && seen.Contains(known.Value) ? id : null;
    }

    public static void AddTo(Reads reads, UserId user, string key, Action<byte[], string> found) => reads
        .Lock(Forget, user.Value, key, DaysKept)
        .Add("select body_hash, answer::text from stored_answers where user_id = $1 and key = $2", row => found(row.GetFieldValue<byte[]>(0), row.GetString(1)), user.Value, key);
}

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
        var (before, deleted, all) = (time.GetUtcNow().AddDays(-StoredAnswers.DaysKept), 0, 0);
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
