using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

[DbContext(typeof(CrmDbContext))]
[Migration("0099_import_overwrites")]
internal sealed class ImportOverwritesMigration() : SqlMigration("0099_import_overwrites");
