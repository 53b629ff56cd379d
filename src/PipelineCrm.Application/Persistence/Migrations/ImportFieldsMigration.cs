using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

[DbContext(typeof(CrmDbContext))]
[Migration("0040_import_fields")]
internal sealed class ImportFieldsMigration() : SqlMigration("0040_import_fields");
