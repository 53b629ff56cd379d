using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>The chain of hashes, and which version of a deal a change belongs to.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0010_ledger")]
internal sealed class LedgerMigration() : SqlMigration("0010_ledger");
