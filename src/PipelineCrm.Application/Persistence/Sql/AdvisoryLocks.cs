using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PipelineCrm.Persistence.Sql;

/// <summary>
/// What every move looks at besides its own rows, as advisory locks: a move takes them shared before it reads anything,
/// whoever changes the rules or anybody's rights takes them alone.
/// </summary>
internal static class AdvisoryLocks
{
    public const long Rules = 1;
    public const long Rights = 2;

    /// <summary>Taken alone by whoever makes a customer another's referrer: the chains stay without a cycle.</summary>
    public const long Referrers = 3;

    /// <summary>Taken alone by whoever places a card between two others.</summary>
    public const long Order = 4;

    /// <summary>Taken shared by an import that takes over what it read, alone by whoever undoes one: what was known while reading is known
    /// still.</summary>
    public const long Imports = 5;

    /// <summary>Begins a transaction in which nobody else reads or changes what the lock stands for.</summary>
    public static async Task<IDbContextTransaction> BeginExclusive(this CrmDbContext db, long key, CancellationToken ct)
    {
        var transaction = await db.Begin(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({key})", ct);
        return transaction;
    }
}
