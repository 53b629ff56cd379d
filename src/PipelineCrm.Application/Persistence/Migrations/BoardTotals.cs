using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

[DbContext(typeof(CrmDbContext))]
[Migration("0060_board_totals")]
internal sealed class BoardTotals() : SqlMigration("0060_board_totals");
