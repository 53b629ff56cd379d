using System.Data;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;
using static NpgsqlTypes.NpgsqlDbType;

namespace PipelineCrm.Imports;

/// <summary>
/// Temporary tables that rows are copied into batch by batch, outside any transaction: nobody sees them, nothing waits for them.
/// What they hold reaches the real tables in one short transaction at the end.
/// </summary>
internal sealed class Staging
{
    public static readonly StagedTable Transitions = new("import_transitions", "transitions",
        ("deal_id", Uuid), ("seq", Integer), ("kind", Smallint), ("imported_kind", Smallint), ("from_stage", Smallint),
        ("from_outcome", Smallint),
        ("to_stage", Smallint), ("to_outcome", Smallint), ("occurred_at", TimestampTz), ("by_user", Uuid), ("channel", Smallint),
        ("rule_set", Integer), ("conditions", Jsonb), ("reason_code", Text), ("seconds_in_stage", Bigint), ("counted_from", Smallint),
        ("counted_to", Smallint),
        ("before", Jsonb), ("entry_known", NpgsqlDbType.Boolean), ("version", Bigint));

    /// <summary>With the transition that caused a change, where one did.</summary>
    public static readonly StagedTable History = new("import_history", "history",
        ("entity", Text), ("entity_id", Text), ("field", Text), ("before", Jsonb), ("after", Jsonb), ("occurred_at", TimestampTz),
        ("deal_id", Uuid), ("seq", Integer));

    /// <summary>With whether the customer was there before the import.</summary>
    public static readonly StagedTable Statuses = new("import_statuses", "customers",
        ("id", Uuid), ("status", Smallint), ("status_stage", Smallint), ("status_since", TimestampTz),
        ("returning_customer", NpgsqlDbType.Boolean),
        ("known", NpgsqlDbType.Boolean));

    private readonly NpgsqlConnection _connection;

    public Staging(NpgsqlConnection connection, FactCatalog catalog)
    {
        (_connection, Catalog) = (connection, catalog);
        Customers = new("import_customers", "customers",
        [
            .. catalog.CustomerColumns.Select(Column), ("custom", Jsonb),
            ("id", Uuid), ("placeholder", NpgsqlDbType.Boolean), ("external_key", Text), ("created_at", TimestampTz), ("created_by", Uuid),
        ]);
        Deals = new("import_deals", "deals",
        [
            .. catalog.DealColumns.Select(Column), ("custom", Jsonb),
            ("id", Uuid), ("customer_id", Uuid), ("product_id", Uuid), ("stage", Smallint), ("outcome", Smallint),
            ("entered_stage_at", TimestampTz),
            ("stage_entry_known", NpgsqlDbType.Boolean), ("stopped_at", TimestampTz), ("paused_seconds", Bigint), ("won_at", TimestampTz),
            ("lost_reason", Text), ("closed_at", TimestampTz),
            ("rank", Text), ("last_seq", Integer), ("furthest_stage", Smallint), ("external_key", Text), ("created_at", TimestampTz),
        ]);
    }

    /// <summary>What deals and customers hold by.</summary>
    public FactCatalog Catalog { get; }

    public StagedTable Customers { get; }

    public StagedTable Deals { get; }

    private StagedTable[] All => [Customers, Deals, Transitions, History, Statuses];

    public async Task Create(CancellationToken ct)
    {
        foreach (var table in All)
        {
            await Execute($"drop table if exists pg_temp.{table.Name}", ct);
            await Execute(
                $"create temp table {table.Name} (place bigint generated always as identity, {string.Join(", ", table.Columns.Select(column => $"{column.Name} {SqlOf(column.Type)}"))})", ct);
        }
    }

    /// <summary>A connection that broke has taken its temporary tables with it.</summary>
    public async Task Drop(CancellationToken ct)
    {
        foreach (var table in _connection.State == ConnectionState.Open ? All : [])
        {
            await Execute($"drop table if exists pg_temp.{table.Name}", ct);
        }
    }

    public async Task Add(IReadOnlyCollection<PlannedDealRows> deals, CancellationToken ct)
    {
        await Copy(Deals, deals, line => line.Cells(Catalog), ct);
        await Copy(Transitions, [.. deals.SelectMany(line => line.Transitions)], PlannedDealRows.CellsOf, ct);
        await Copy(History, [.. deals.SelectMany(line => line.History)], line => line.Cells, ct);
    }

    public async Task Copy<T>(StagedTable table, IReadOnlyCollection<T> rows, Func<T, object?[]> values, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var writer =
            await _connection.BeginBinaryImportAsync($"copy {table.Name} ({table.ColumnList}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            var cells = values(row);
            for (var i = 0; i < table.Columns.Count; i++)
            {
                await Write(writer, cells[i], table.Columns[i].Type, ct);
            }
        }

        await writer.CompleteAsync(ct);
    }

    private static Task Write(NpgsqlBinaryImporter writer, object? value, NpgsqlDbType type, CancellationToken ct) => value switch
    {
        null => writer.WriteNullAsync(ct),
        Enum number => writer.WriteAsync(Convert.ToInt16(number, System.Globalization.CultureInfo.InvariantCulture), type, ct),
        _ => writer.WriteAsync(value, type, ct),
    };

    private async Task Execute(string sql, CancellationToken ct)
    {
        await using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Built from the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    private static (string Name, NpgsqlDbType Type) Column(FactDefinition fact) => (fact.Column!,
        FactColumns.Parameter(fact, Fact.Empty).Type);

    private static string SqlOf(NpgsqlDbType type) => type switch
    {
        Uuid => "uuid",
        Text => "text",
        Smallint => "smallint",
        Integer => "integer",
        Bigint => "bigint",
        Numeric => "numeric(19,4)",
        NpgsqlDbType.Char => "char(3)",
        NpgsqlDbType.Date => "date",
        NpgsqlDbType.Boolean => "boolean",
        TimestampTz => "timestamptz",
        Jsonb => "jsonb",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No column of an import has this type."),
    };
}

/// <summary>A temporary table whose columns are, by name, columns of a real one.</summary>
internal sealed record StagedTable(string Name, string Target, params (string Name, NpgsqlDbType Type)[] Named)
{
    public IReadOnlyList<(string Name, NpgsqlDbType Type)> Columns => Named;

    public string ColumnList { get; } = string.Join(", ", Named.Select(column => column.Name));
}
