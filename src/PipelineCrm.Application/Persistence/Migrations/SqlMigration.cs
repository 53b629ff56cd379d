using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>A migration whose text is the SQL file of the same name beside it; EF's migrator locks, orders and records it.</summary>
internal abstract class SqlMigration(string file) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        using var stream = typeof(SqlMigration).Assembly.GetManifestResourceStream($"PipelineCrm.Persistence.Migrations.{file}.sql")
            ?? throw new InvalidOperationException($"No SQL for migration {file}.");
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}

[DbContext(typeof(CrmDbContext))]
[Migration("0001_base")]
internal sealed class Base() : SqlMigration("0001_base");
