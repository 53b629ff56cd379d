using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Persistence;

public sealed class SchemaTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task The_model_and_the_migrated_schema_agree()
    {
        await using var scope = crm.Services.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<CrmDbContext>().Model;
        var schema = await ReadColumns();
        var wanted = model.GetEntityTypes().SelectMany(Columns).ToList();
        Assert.True(wanted.Count > 150, "The model was not read.");
        Assert.Empty(wanted.Where(column => !schema.Contains(column)).Select(column => column.ToString()));
    }

    private static IEnumerable<Column> Columns(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        return entity.GetProperties().Select(property => new Column(
            table.Name, property.GetColumnName(table)!, Plain(property.GetColumnType()), property.IsColumnNullable(table)));
    }

    /// <summary>Lengths are the validators' business; a serial is an integer.</summary>
    private static string Plain(string type) => type.StartsWith("character varying", StringComparison.Ordinal) ? "text"
        : type.StartsWith("char(", StringComparison.Ordinal) ? type.Replace("char(", "character(", StringComparison.Ordinal)
        : type;

    private async Task<HashSet<Column>> ReadColumns()
    {
        await using var connection = await crm.AsOwner();
        await using var command = new NpgsqlCommand(
            """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var columns = new HashSet<Column>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            columns.Add(new Column(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3)));
        }

        return columns;
    }

    private sealed record Column(string Table, string Name, string Type, bool Nullable);
}
