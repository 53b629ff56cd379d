using System.Diagnostics.CodeAnalysis;
using Npgsql;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Ledger;

/// <summary>
/// Writes moves: one statement that changes the deals (guarded by their versions) and appends transitions, history
/// and the stored answer. Only moving, creating, undoing, changing and archiving a deal call it.
/// </summary>
internal sealed class LedgerWriter(CrmDbContext db)
{
    private const string AnswersKey = "stored_answers_pkey";

    /// <param name="ends">Whether to commit in the same round trip.</param>
    [SuppressMessage("Security", "CA2100", Justification = "Composed of constants; every value is a parameter.")]
    public async Task<WriteResult> Write(LedgerBatch moves, FactCatalog catalog, bool ends, CancellationToken ct)
    {
        var statement = LedgerStatement.Of(moves, catalog);
        await using var batch = new NpgsqlBatch(db.Connection);
        batch.BatchCommands.Add(statement);
        if (ends)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        }

        try
        {
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            var changed = reader.GetInt64(0);
            await reader.NextResultAsync(ct);
            return changed == moves.Deals.Count ? WriteResult.Written : WriteResult.VersionConflict;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation && taken.ConstraintName == AnswersKey)
        {
            return WriteResult.KeyReused;
        }
    }
}
