using Npgsql;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>No table whose rows a page shows is without its triggers; who makes a table says here why none looks at it.</summary>
public sealed class OutboxTriggersTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["__EFMigrationsHistory"] = "no page shows it",
        ["board_deltas"] = "made from deals",
        ["board_totals"] = "made from deals",
        ["bulk_job_records"] = "its user's list asks for it anew",
        ["bulk_jobs"] = "its user's list asks for it anew",
        ["checkpoints"] = "no page shows it",
        ["data_protection_keys"] = "no page shows it",
        ["funnel_changed"] = "made from deals",
        ["funnel_entries"] = "made from deals and transitions",
        ["funnel_spans"] = "made from deals, transitions and history",
        ["history"] = "written with what it tells of",
        ["import_overwrites"] = "no page shows it",
        ["imports"] = "no page shows it: a command lists them",
        ["outbox"] = "itself",
        ["search_texts"] = "made from customers, contacts and deals",
        ["sessions"] = "its user's profile reads it anew each time",
        ["stored_answers"] = "no page shows it",
        ["transitions"] = "written with its deal",
        ["user_claims"] = "unused",
        ["user_logins"] = "unused",
        ["user_passkeys"] = "its user's profile reads it anew each time",
        ["user_tokens"] = "unused",
    };

    /// <summary>Of each table the operations that neither append nor are refused; empty where all is well.</summary>
    private const string Silent = """
        select c.relname || ' ' || string_agg(o.name, ' ' order by o.bit)
        from pg_class c
        cross join (values (4, 'insert'), (8, 'delete'), (16, 'update')) as o(bit, name)
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and not exists (
              select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
              where t.tgrelid = c.oid and t.tgtype & o.bit <> 0 and t.tgenabled = 'O'
                and (p.proname = 'outbox_of_' || c.relname and t.tgtype & 1 = 0 and coalesce(t.tgnewtable, t.tgoldtable) is not null
                     or p.proname = 'outbox_of_' || c.relname || '_change' and t.tgtype & 1 = 1 and o.name = 'update'
                     or p.proname = 'refuse_change'))
        group by c.relname order by 1
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_appends_to_the_outbox_whatever_is_written_or_is_exempt_for_a_reason()
    {
        var silent = await SilentAsync("select 1");
        Assert.DoesNotContain(silent, line => !Exempt.ContainsKey(line.Split(' ')[0]));
        Assert.Equal(Exempt.Keys.Order(StringComparer.Ordinal), silent.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_new_table_is_found_and_so_is_one_whose_trigger_is_gone_or_off()
    {
        var silent =
            await SilentAsync(
                "create table forgotten (id integer); drop trigger payments_outbox_update on payments; alter table teams disable trigger teams_outbox_insert");
        Assert.Superset(new HashSet<string> { "forgotten insert delete update", "payments update", "teams insert" }, silent.ToHashSet());
    }

    [Fact]
    public async Task A_new_tables_triggers_are_one_call()
    {
        var silent = await SilentAsync(
            "create table shown (id integer primary key, name text); call append_to_outbox('shown', 'shown', 'r.id::text')");
        Assert.DoesNotContain(silent, line => line.StartsWith("shown", StringComparison.Ordinal));
    }

    private async Task<List<string>> SilentAsync(string change)
    {
        await using var connection = await crm.AsOwner();
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var prepare = new NpgsqlCommand(change, connection);
        await prepare.ExecuteNonQueryAsync(Ct);
        await using var command = new NpgsqlCommand(Silent, connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var silent = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            silent.Add(reader.GetString(0));
        }

        return silent;
    }
}
