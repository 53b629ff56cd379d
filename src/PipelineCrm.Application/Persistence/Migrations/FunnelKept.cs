using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>What reports count, stored per deal.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0090_funnel_kept")]
internal sealed class FunnelKept() : SqlMigration("0090_funnel_kept");

[DbContext(typeof(CrmDbContext))]
[Migration("0091_undos_by_kind")]
internal sealed class UndosByKind() : SqlMigration("0091_undos_by_kind");
