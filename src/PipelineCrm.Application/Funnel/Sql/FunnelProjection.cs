using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Projections;

namespace PipelineCrm.Funnel;

/// <summary>Updates the stored rows of changed deals, so that reports read it instead of the ledger. The owner's function does it: the
/// application's role may not write it.</summary>
internal sealed class FunnelProjection(IServiceScopeFactory scopes, TimeProvider time, ILogger<FunnelProjection> log)
    : Projection(scopes, time, log)
{
    /// <summary>Changes at a time: a short transaction each.</summary>
    private const int BatchSize = 2000;

    /// <summary>
    /// A statement before the one that updates, which must see what the previous update wrote. Who finds another at work leaves it to them.
    /// Few rows by index: machine code would take longer to make.
    /// </summary>
    private const string Alone = "select pg_try_advisory_xact_lock(7302) and set_config('jit', 'off', true) = 'off' as \"Value\"";

    /// <returns>How many deals were updated.</returns>
    public static async Task<int> CatchUpNow(CrmDbContext db, int changes, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!(await db.Database.SqlQueryRaw<bool>(Alone).ToListAsync(ct)).Single())
        {
            return 0;
        }

        var folded = (await db.Database.SqlQuery<int>($"""select fold_funnel({changes}) as "Value" """).ToListAsync(ct)).Single();
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
