using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Projections;

namespace PipelineCrm.Deals;

/// <summary>Adds the board's recorded differences up into its totals, so that readers sum few rows. The owner's function does it: the
/// application's role may not write them.</summary>
internal sealed class BoardTotalsProjection(IServiceScopeFactory scopes, TimeProvider time, ILogger<BoardTotalsProjection> log)
    : Projection(scopes, time, log)
{
    public static Task<int> CatchUpNow(CrmDbContext db,
        CancellationToken ct) => db.Database.ExecuteSqlAsync($"select fold_board_totals()", ct);

    protected override Task CatchUp(CrmDbContext db, CancellationToken ct) => CatchUpNow(db, ct);
}
