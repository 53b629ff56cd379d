using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Projections;

namespace PipelineCrm.Deals;

/// <summary>Adds the board's recorded differences up into its totals, so that readers sum few rows.</summary>
internal sealed class BoardTotalsProjection(IServiceScopeFactory scopes, TimeProvider time, ILogger<BoardTotalsProjection> log) : Projection(scopes, time, log)
{
    /// <summary>One update at a time over all nodes; who finds another at work leaves it to them.</summary>
    private const string Statement = """
        with free as (select pg_try_advisory_xact_lock(7301) as it),
        gone as (delete from board_deltas where (select it from free) returning stage, outcome, owner_id, currency, deals, amount)
        insert into board_totals as t (stage, outcome, owner_id, currency, deals, amount)
        select stage, outcome, owner_id, currency, sum(deals), sum(amount) from gone group by 1, 2, 3, 4
        on conflict (stage, outcome, owner_id, currency) do update set deals = t.deals + excluded.deals, amount = t.amount + excluded.amount
        """;

    public static Task<int> CatchUpNow(CrmDbContext db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(Statement, ct);

    protected override Task CatchUp(CrmDbContext db, CancellationToken ct) => CatchUpNow(db, ct);
}
