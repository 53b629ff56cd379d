using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>Every write of what a page shows appends one row for those who look at it, and says which write it was.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0110_outbox")]
internal sealed class Outbox() : SqlMigration("0110_outbox");
