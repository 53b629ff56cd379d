using Microsoft.EntityFrameworkCore;

namespace PipelineCrm.Persistence.Sql;

/// <summary>
/// Locks on rows that decisions read. A lock is a statement of its own, before the read that it protects:
/// what a move has looked at cannot change before it commits, and the other way round.
/// </summary>
internal static class RowLocks
{
    public static Task Lock(this CrmDbContext db, CustomerId id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from customers where id = {id.Value} for no key update", ct);

    public static Task Lock(this CrmDbContext db, DealId id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from deals where id = {id.Value} for no key update", ct);

    public static Task Lock(this CrmDbContext db, ProductId id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from products where id = {id.Value} for no key update", ct);
}
