using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

[DbContext(typeof(CrmDbContext))]
[Migration("0101_saved_views")]
internal sealed class SavedViewsMigration() : SqlMigration("0101_saved_views");
