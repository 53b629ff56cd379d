using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PipelineCrm.Persistence.Sql;

internal static class DbContextTransactions
{
    /// <summary>Begins a transaction, or takes part in the one that a caller has opened: then the caller commits, or nothing is.</summary>
    public static async Task<IDbContextTransaction> Begin(this CrmDbContext db, CancellationToken ct) =>
        db.Database.CurrentTransaction is { } outer ? new JoinedTransaction(outer) : await db.Database.BeginTransactionAsync(ct);

    /// <summary>What is written from here on in the open transaction is another write than what was written before it.</summary>
    public static Task BeginWrite(this CrmDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select set_config('pipelinecrm.write', '', true)", ct);

    private sealed class JoinedTransaction(IDbContextTransaction outer) : IDbContextTransaction
    {
        public Guid TransactionId => outer.TransactionId;

        public void Commit()
        {
        }

        public Task CommitAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Rollback() => outer.Rollback();

        public Task RollbackAsync(CancellationToken cancellationToken = default) => outer.RollbackAsync(cancellationToken);

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
