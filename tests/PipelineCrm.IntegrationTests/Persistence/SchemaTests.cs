using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Persistence;

/// <summary>
/// The migrated schema beside the one that Entity Framework would make from the model, in both directions: every table, column, type, null,
/// default, identity, key and index. What SQL alone says stands here by name.
/// </summary>
public sealed class SchemaTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    /// <summary>In schema "model", beside the migrated one in "public".</summary>
    private const string Facts = """
        select format('column %s.%s %s%s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                      case when a.attnotnull then ' not null' else '' end,
                      coalesce(' default ' || case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid, true) end, ''),
                      case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end,
                      case when a.attgenerated <> '' then ' generated ' || pg_get_expr(d.adbin, d.adrelid, true) else '' end)
               || case when a.attcollation not in (0, t.typcollation) then ' collate ' || (select collname from pg_collation where oid = a.attcollation) else '' end
        from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relname <> '__EFMigrationsHistory' and a.attnum > 0 and not a.attisdropped
        union all
        select format('key %s %s', k.conrelid::regclass, pg_get_constraintdef(k.oid, true))
        from pg_constraint k where k.connamespace = current_schema()::regnamespace and k.contype = 'p' and k.conrelid::regclass::text <> '"__EFMigrationsHistory"'
        union all
        select 'index ' || pg_get_indexdef(i.indexrelid, 0, true)
        from pg_index i join pg_class c on c.oid = i.indexrelid
        where c.relnamespace = current_schema()::regnamespace and not i.indisprimary
        order by 1
        """;

    /// <summary>Kept for readers by triggers and folders, read by statements written by hand; with their partitions.</summary>
    private static readonly string[] TablesOfSql = ["board_deltas", "board_totals", "funnel_changed", "funnel_entries", "funnel_spans",
        "search_texts", "search_texts_of_deals", "search_texts_of_people"];

    /// <summary>What only the database's own checks and statements written by hand use, and what Entity Framework cannot say.</summary>
    private static readonly string[] FactsOfSql =
    [
        "column refusals.hash bytea not null",
        "column refusals.rule_set_hash bytea",
        "column rule_sets.hash bytea not null",
        "column transitions.previous_seq integer generated NULLIF(seq - 1, 0)",
        "column transitions.rule_set_hash bytea",
        "column transitions.xid xid8 not null default pg_current_xact_id()",
        "index CREATE INDEX customers_name ON customers USING btree (name COLLATE names, id)",
        "index CREATE UNIQUE INDEX products_name ON products USING btree (lower(name))",
        "index CREATE INDEX refusals_customer ON refusals USING btree (customer_id, id) WHERE deal_id IS NULL",
        "index CREATE UNIQUE INDEX teams_name ON teams USING btree (lower(name))",
    ];

    [Fact]
    public async Task The_model_and_the_migrated_schema_agree()
    {
        await using var connection = await crm.AsOwner();
        var migrated = await FactsAsync(connection, "public");
        var modelled = await Modelled(connection);
        Assert.True(modelled.Count > 250, "The model was not read.");
        var tables = migrated.Where(fact => TablesOfSql.Any(table => fact.StartsWith($"column {table}.", StringComparison.Ordinal)
            || fact.StartsWith($"key {table} ", StringComparison.Ordinal)
            || fact.Contains($" ON {table} USING ", StringComparison.Ordinal)
            || fact.Contains($" ON ONLY {table} USING ", StringComparison.Ordinal))).ToList();
        var differ = modelled.Except(migrated).Select(fact => $"only the model: {fact}")
            .Concat(migrated.Except(modelled).Except(tables).Except(FactsOfSql).Select(fact => $"only the schema: {fact}"))
            .Concat(FactsOfSql.Where(fact => !migrated.Contains(fact) || modelled.Contains(fact))
                .Select(fact => $"not of SQL alone: {fact}"))
            .Concat(TablesOfSql.Where(table => !tables.Exists(fact => fact.Contains(table, StringComparison.Ordinal)))
                .Select(table => $"no table: {table}"));
        var told = string.Join('\n', differ);
        Assert.True(told.Length == 0, told);
    }

    private async Task<List<string>> Modelled(NpgsqlConnection connection)
    {
        await using var scope = crm.Services.CreateAsyncScope();
        var script = scope.ServiceProvider.GetRequiredService<CrmDbContext>().Database.GenerateCreateScript();
        await Execute(connection, "create schema model");
        // Defaults call functions of the migrated schema, which the model does not make.
        await Execute(connection, "set search_path = model, public");
        await Execute(connection, script);
        return await FactsAsync(connection, "model, public");
    }

    private static async Task<List<string>> FactsAsync(NpgsqlConnection connection, string path)
    {
        await Execute(connection, $"set search_path = {path}");
        await using var command = new NpgsqlCommand(Facts, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var facts = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            facts.Add(reader.GetString(0));
        }

        return facts;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
