using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>Adds the board's noted differences up into its totals from time to time, so that readers sum few rows.</summary>
internal sealed class TotalsFolder(IServiceScopeFactory scopes, TimeProvider time, ILogger<TotalsFolder> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>One folder at a time over all nodes; who finds another at work leaves it to them.</summary>
    private const string Fold = """
        with free as (select pg_try_advisory_xact_lock(7301) as it),
        gone as (delete from board_deltas where (select it from free) returning stage, outcome, owner_id, currency, deals, amount)
        insert into board_totals as t (stage, outcome, owner_id, currency, deals, amount)
        select stage, outcome, owner_id, currency, sum(deals), sum(amount) from gone group by 1, 2, 3, 4
        on conflict (stage, outcome, owner_id, currency) do update set deals = t.deals + excluded.deals, amount = t.amount + excluded.amount
        """;

    public static Task<int> FoldNow(CrmDbContext db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(Fold, ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await FoldNow(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), stoppingToken);
            }
            catch (NpgsqlException away)
            {
                log.LogWarning("The board's totals were not folded, the database is away: {Kind}", away.GetType().Name);
            }
        }
    }
}
