using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>
/// Replays the whole ledger through the state machine and compares: what each deal is, numbering, hashes, clocks and counted entries; every
/// fact of deals, customers, contacts, quotes and payments with its history; the customers' statuses; the board's totals and what reports
/// keep; rule sets and refusals with their hashes. Reads one snapshot, row by row, whatever its size.
/// </summary>
public static class VerifyLedger
{
    /// <param name="Against">A file of checkpoints that the database is held against besides.</param>
    public sealed record Query(string? Against = null) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="Differences">How many there are.</param>
    /// <param name="Sentences">What the first of them are.</param>
    /// <param name="TwoRoles">False where the application's database role owns the tables and could switch the protection off.</param>
    /// <param name="Checkpoints">How many the file holds; null where none was named.</param>
    public sealed record Answer(long Deals, long Transitions, long Customers, long Differences, IReadOnlyList<string> Sentences,
        bool TwoRoles, int? Checkpoints);

    internal sealed class Handler(CrmDbContext db, CheckpointFolder folder, CurrentFactCatalog facts) : IHandler<Query, Answer>
    {
        /// <summary>Millions of rows are read once: room to sort them, the rest goes to disk; machine code takes longer to make than to do
        /// without.</summary>
        private const string Room = "set local work_mem = '64MB'; set local jit = off";

        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            if (request.Against is { } named && !File.Exists(named))
            {
                return ValidationProblem.ForField("against", ProblemMessages.NotFound);
            }

            await using var snapshot = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            await db.AllowLongRunning(ct);
            var found = new DifferenceLog(db.Connection);
            await db.Database.ExecuteSqlRawAsync(Room, ct);
            var (deals, transitions) = await LedgerCheck.Run(found, ct);
            var customers = await StatusCheck.Run(found, ct);
            await FactsCheck.Run(found, await facts.Load(ct), ct);
            await ProjectionCheck.Run(found, ct);
            await RecordsCheck.Run(found, ct);
            var checkpoints = request.Against is { } file ? await Against(found, file, ct) : (int?)null;
            var twoRoles = false;
            await new SqlBatch(db.Connection).Query(CrmDatabaseSql.Check, row => twoRoles = row.GetBoolean(0)).Run(ct);
            return new Answer(deals, transitions, customers, found.Count, found.Sentences, twoRoles, checkpoints);
        }

        private async Task<int> Against(DifferenceLog found, string file, CancellationToken ct)
        {
            using var key = folder.Path is { } path ? CheckpointKey.Find(path) : null;
            return await CheckpointCheck.Run(found, file, key, ct);
        }
    }
}
