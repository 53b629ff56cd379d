using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Projections;

namespace PipelineCrm.Funnel;

/// <summary>Updates the stored rows of changed deals, so that reports read it instead of the ledger.</summary>
internal sealed class FunnelProjection(IServiceScopeFactory scopes, TimeProvider time, ILogger<FunnelProjection> log) : Projection(scopes, time, log)
{
    /// <summary>Changes at a time: a short transaction each.</summary>
    private const int BatchSize = 2000;

    /// <summary>
    /// A statement before the one that updates, which must see what the previous update wrote. Who finds another at work leaves it to them.
    /// Few rows by index: machine code would take longer to make.
    /// </summary>
    private const string Alone = "select pg_try_advisory_xact_lock(7302) and set_config('jit', 'off', true) = 'off' as \"Value\"";

    /// <summary>All parts of one statement see the same instant: a deal that changes meanwhile is recorded again, and stays recorded.</summary>
    private const string Statement = """
        with gone as (delete from funnel_changed where ctid = any(array(select ctid from funnel_changed limit {0})) returning deal_id),
        deals_gone as materialized (select coalesce(array_agg(distinct deal_id), array[]::uuid[]) as ids from gone),
        old_entries as (delete from funnel_entries where deal_id = any((select ids from deals_gone)::uuid[])),
        old_spans as (delete from funnel_spans where deal_id = any((select ids from deals_gone)::uuid[])),
        new_entries as (insert into funnel_entries select * from funnel_entries_due where deal_id = any((select ids from deals_gone)::uuid[])),
        new_spans as (insert into funnel_spans select * from funnel_spans_due where deal_id = any((select ids from deals_gone)::uuid[]))
        select cardinality(ids) as "Value" from deals_gone
        """;

    /// <returns>How many deals were updated.</returns>
    public static async Task<int> CatchUpNow(CrmDbContext db, int changes, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!(await db.Database.SqlQueryRaw<bool>(Alone).ToListAsync(ct)).Single())
        {
            return 0;
        }

        var folded = (await db.Database.SqlQueryRaw<int>(Statement, changes).ToListAsync(ct)).Single();
        await transaction.CommitAsync(ct);
        return folded;
    }

    protected override async Task CatchUp(CrmDbContext db, CancellationToken ct)
    {
        while (await CatchUpNow(db, BatchSize, ct) > 0)
        {
        }
    }
}
