using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

[DbContext(typeof(CrmDbContext))]
[Migration("0050_funnel")]
internal sealed class FunnelMigration() : SqlMigration("0050_funnel");

[DbContext(typeof(CrmDbContext))]
[Migration("0051_undone")]
internal sealed class UndoneMigration() : SqlMigration("0051_undone");
