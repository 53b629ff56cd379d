using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>The stage's clock by one rule, in the ledger and in reports.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0130_one_clock")]
internal sealed class OneClock() : SqlMigration("0130_one_clock");
