using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>Adds the board's noted differences up into its totals, so that readers sum few rows. The owner's function does it: the application's role may not write them.</summary>
internal sealed class TotalsFolder(IServiceScopeFactory scopes, TimeProvider time, ILogger<TotalsFolder> log) : Folder(scopes, time, log)
{
    public static Task<int> FoldNow(CrmDbContext db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"select fold_board_totals()", ct);

    protected override Task Fold(CrmDbContext db, CancellationToken ct) => FoldNow(db, ct);
}
