using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

[DbContext(typeof(CrmDbContext))]
[Migration("0100_custom_fields")]
internal sealed class CustomFieldsMigration() : SqlMigration("0100_custom_fields");
