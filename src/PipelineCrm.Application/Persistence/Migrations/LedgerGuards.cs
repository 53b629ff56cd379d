using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>Rule sets and refusals carry hashes, transitions name their rules' hash.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0131_hashes")]
internal sealed class LedgerHashes() : SqlMigration("0131_hashes");

/// <summary>What the application's role may not do without saying so.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0132_guards")]
internal sealed class LedgerGuards() : SqlMigration("0132_guards");

/// <summary>Where the chains stood, signed.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0133_checkpoints")]
internal sealed class CheckpointsMigration() : SqlMigration("0133_checkpoints");
