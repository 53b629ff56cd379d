using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Imports;

/// <summary>
/// Undoes an import as a whole, in one transaction, or not at all where somebody has worked with one of its deals since (docs/domain.md).
/// Its deals become void: they never were. Customers that it made and that nothing else holds are archived and give their keys back, so
/// that the corrected files make them anew. Products that it made and nothing uses go out of use, until they are imported again. Users and
/// teams stay as they are, since they own what happened; whoever was not invited cannot sign in anyway.
/// Values that it wrote over others come back where they still are as it left them.
/// </summary>
public static class UndoImport
{
    /// <param name="Import">Its number; null: the latest that made or changed anything.</param>
    /// <param name="As">The e-mail address of the admin who undoes; null: the caller, or the only admin.</param>
    public sealed record Command(int? Import = null, string? As = null) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="Deals">Now void.</param>
    /// <param name="Customers">Now archived; placeholders are among them.</param>
    /// <param name="CustomersKept">Made by the import too, but somebody uses them.</param>
    /// <param name="Products">Now out of use.</param>
    /// <param name="Users">Made by the import; they stay.</param>
    /// <param name="Teams">Made by the import; they stay.</param>
    /// <param name="PutBack">Customers and products that were there before and have their earlier values back.</param>
    /// <param name="Updated">Those that retain some of what the import wrote: somebody changed it since, or the earlier value was not
    /// stored.</param>
    public sealed record Answer(int Import, long Deals, long Customers, long CustomersKept, long Products, long ProductsKept, long Users,
        long Teams, long PutBack, long Updated);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, ImportActor admins, ImportRollback rollback,
        CurrentFactCatalog facts) : IHandler<Command, Answer>
    {
        private const int TitlesShown = 3;

        public async Task<Result<Answer>> Handle(Command command, CancellationToken ct)
        {
            var admin = await admins.ActAs(command.As, ct);
            if (!admin.Ok)
            {
                return admin.Problem;
            }

            var connection = db.Connection;
            var staging = new Staging(connection, await facts.Load(ct));
            await staging.Create(ct);
            try
            {
                return await Undo(command.Import, admin.Value, staging, ct);
            }
            finally
            {
                await staging.Drop(CancellationToken.None);
            }
        }

        private async Task<Result<Answer>> Undo(int? number, UserId admin, Staging staging, CancellationToken ct)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.AllowLongRunning(ct);
            await db.Database.ExecuteSqlAsync(
                $"select pg_advisory_xact_lock_shared({AdvisoryLocks.Rules}), pg_advisory_xact_lock_shared({AdvisoryLocks.Rights}), pg_advisory_xact_lock({AdvisoryLocks.Imports})", ct);
            if (!(await actors.Reload(ct)).Has(AccessLevel.Admin))
            {
                return new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden);
            }

            var import = await Find(number, ct);
            if (import is null)
            {
                return new Problem(ProblemCode.NotFound,
                    number is { } wanted ? ImportMessages.NoSuchImport(wanted) : ImportMessages.NothingImported);
            }

            if (import.UndoneAt is not null)
            {
                return new Problem(ProblemCode.Conflict, ImportMessages.UndoneAlready(import.Id));
            }

            await rollback.Lock(import.Id, ct);
            if (await Touched(import.Id, ct) is { } problem)
            {
                return problem;
            }

            var answer = await rollback.Write(import, admin, staging, ct);
            await transaction.CommitAsync(ct);
            return answer;
        }

        private async Task<Import?> Find(int? number, CancellationToken ct)
        {
            if (number is { } wanted)
            {
                return await db.Imports.SingleOrDefaultAsync(import => import.Id == wanted, ct);
            }

            await foreach (var import in db.Imports.OrderByDescending(import => import.Id).AsAsyncEnumerable().WithCancellation(ct))
            {
                if (ListImports.Counts(import.Created) != new ImportCounts() || ListImports.Counts(import.Updated) != new ImportCounts())
                {
                    return import;
                }
            }

            return null;
        }

        /// <summary>A deal's version goes up with every write of it or of what belongs to it. Who undid a deal by hand was only
        /// faster.</summary>
        private async Task<Problem?> Touched(int import, CancellationToken ct)
        {
            var touched = db.Deals.Where(deal => deal.ImportId == import && !deal.Void && deal.Version != 1);
            var count = await touched.CountAsync(ct);
            if (count == 0)
            {
                return null;
            }

            var titles = await touched.OrderBy(deal => deal.Id).Select(deal => deal.Title).Take(TitlesShown).ToListAsync(ct);
            return new Problem(ProblemCode.Conflict, ImportMessages.Touched(import, count, titles));
        }
    }
}
