using Microsoft.EntityFrameworkCore;

namespace PipelineCrm.Persistence;

/// <summary>Work that may take minutes and that somebody waits for: an import, its undoing, the demo, the comparison of the whole
/// ledger.</summary>
internal static class LongRunningWork
{
    /// <summary>How long a statement may take, wait for a lock, and be followed by silence, instead of what holds for everybody
    /// (<see cref="ApplicationConnection"/>).</summary>
    public const string Limits =
        "set local statement_timeout = 0; set local lock_timeout = '60s'; set local idle_in_transaction_session_timeout = '60s'";

    /// <summary>Gives the present transaction that time.</summary>
    public static async Task AllowLongRunning(this CrmDbContext db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync(Limits, ct);
        db.Database.SetCommandTimeout(0);
    }
}
