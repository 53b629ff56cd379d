using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>Version 1 of the stage rules: the same as <see cref="Domain.DefaultRules"/>; a test says so.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0002_default_rules")]
internal sealed class DefaultRulesMigration() : SqlMigration("0002_default_rules");
