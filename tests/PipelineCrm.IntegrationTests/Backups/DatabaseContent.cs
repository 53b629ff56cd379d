using Npgsql;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>All that a database holds, so that two can be compared: every row of every table, sequences, and what makes and protects
/// them.</summary>
internal static class DatabaseContent
{
    /// <summary>The numbers of transactions count per server, so the outbox, which lives by them, stays behind.</summary>
    private const string Rows = """
        select 'rows of ' || relname, (xpath('/row/h/text()', query_to_xml(format(
            'select count(*) || '' '' || coalesce(md5(string_agg(r, e''\n'' order by r)), '''') as h from (select (to_jsonb(t) - ''xid'')::text as r from public.%I t) x', relname),
            false, true, '')))[1]::text
        from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'outbox'
        """;

    private const string Things = """
        select 'sequence ' || sequencename, last_value::text from pg_sequences where schemaname = 'public'
        union all
        select format('trigger %s on %s', tgname, tgrelid::regclass), tgenabled::text || ' ' || pg_get_triggerdef(oid, true) from pg_trigger where not tgisinternal
        union all
        select format('constraint %s of %s', conname, conrelid::regclass), pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
        union all
        select 'index ' || relname, pg_get_indexdef(oid) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'i'
        union all
        select 'view ' || relname, pg_get_viewdef(oid) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'
        union all
        select 'function ' || proname, pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
        """;

    private const string Rights = """
        select format('the application may %s %s', right_, c.relname), has_table_privilege($1, c.oid, right_)::text
        from pg_class c cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'trigger']) right_
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        """;

    public static async Task<SortedDictionary<string, string?>> Of(CrmConnections connections)
    {
        var content = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        await using var connection = new NpgsqlConnection($"{connections.Owner};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await Add(content, new NpgsqlCommand(Rows, connection));
        await Add(content, new NpgsqlCommand(Things, connection));
        await Add(content, new NpgsqlCommand(Rights,
            connection)
        { Parameters = { new() { Value = new NpgsqlConnectionStringBuilder(connections.Crm).Username } } });
        Assert.True(content.Count > 100, "The database was not read.");
        return content;
    }

    /// <summary>Tells in what the second one differs.</summary>
    public static void Same(SortedDictionary<string, string?> expected, SortedDictionary<string, string?> actual)
    {
        var differ = expected.Except(actual).Select(thing => $"before: {thing.Key}: {thing.Value}")
            .Concat(actual.Except(expected).Select(thing => $"restored: {thing.Key}: {thing.Value}"));
        var told = string.Join('\n', differ);
        Assert.True(told.Length == 0, told);
    }

    private static async Task Add(SortedDictionary<string, string?> content, NpgsqlCommand command)
    {
        await using var owned = command;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            content.Add(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
        }
    }
}
