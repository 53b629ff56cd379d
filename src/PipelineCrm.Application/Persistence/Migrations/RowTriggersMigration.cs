using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>What a write of one row sets off, row by row.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0160_row_triggers")]
internal sealed class RowTriggersMigration() : SqlMigration("0160_row_triggers");
