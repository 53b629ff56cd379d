using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

[DbContext(typeof(CrmDbContext))]
[Migration("0120_data_protection_keys")]
internal sealed class DataProtectionKeysMigration() : SqlMigration("0120_data_protection_keys");
