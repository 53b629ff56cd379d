namespace PipelineCrm.Persistence.Backups;

/// <summary>What backing up and restoring ask the server.</summary>
internal static class BackupSql
{
    /// <summary>Of a database in a snapshot: its tables, and how many rows they hold together; those of the outbox, which stay behind, do
    /// not count.</summary>
    public const string Count = """
        select count(*)::integer,
               coalesce(sum((xpath('/row/n/text()', query_to_xml(format('select count(*) as n from public.%I', relname), false, true, '')))[1]::text::bigint)
                            filter (where relname <> 'outbox'), 0)::bigint
        from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        """;

    /// <summary>The instant, and what pg_dump is told so that it sees the same.</summary>
    public const string Snapshot = "select now(), pg_export_snapshot(), current_setting('server_version_num')::integer / 10000";

    /// <summary>Somebody else's sessions in a database: what works in the background of the server itself has no user.</summary>
    public const string Sessions = """
        select count(*)::integer from pg_stat_activity where datname = $1 and usesysid is not null and pid <> pg_backend_pid()
        """;

    public const string EndSessions = """
        select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1 and usesysid is not null and pid <> pg_backend_pid()
        """;

    /// <summary>Whether this role may make databases, and whether it may rename that one.</summary>
    public const string Rights = """
        select r.rolsuper or r.rolcreatedb, coalesce((select pg_has_role(d.datdba, 'usage') from pg_database d where d.datname = $1), true)
        from pg_roles r where r.rolname = current_user
        """;

    /// <summary>What restores have left behind: the old database, and the new ones of those that failed or were killed.</summary>
    public const string DropLeftBehind = """
        select format('drop database %I with (force)', datname) from pg_database
        where starts_with(datname, $1) and substr(datname, length($1) + 1) ~ '^_restore_[0-9a-f]{8}(_old)?$' and pg_has_role(datdba, 'usage')
        """;

    /// <summary>Makes an empty database like another one: owner, encoding, collation. The answer is the statement.</summary>
    public const string Create = """
        select format('create database %I template template0 owner %I encoding %L locale_provider %s lc_collate %L lc_ctype %L%s',
                      $2, $3, pg_encoding_to_char(d.encoding), case d.datlocprovider when 'i' then 'icu' else 'libc' end, d.datcollate, d.datctype,
                      case d.datlocprovider when 'i' then format(' icu_locale %L', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')) else '' end)
        from pg_database d where d.datname = $1
        """;

    /// <summary>Who may connect to a database, and what is set for it, said of another one. The answers are statements.</summary>
    public const string SameRights = """
        select format('revoke all on database %I from public', $2)
        union all
        select format('grant %s on database %I to %s', a.privilege_type, $2, case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
        from pg_database d cross join lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        where d.datname = $1 and a.grantee <> d.datdba
        union all
        select format('alter database %I set %I to %s', $2, name, case when name in ('search_path', 'temp_tablespaces') then value else quote_literal(value) end)
        from pg_database d join pg_db_role_setting s on s.setdatabase = d.oid and s.setrole = 0 cross join lateral unnest(s.setconfig) entry
        cross join lateral (select split_part(entry, '=', 1), substr(entry, strpos(entry, '=') + 1)) as setting (name, value)
        where d.datname = $1
        """;

    /// <summary>
    /// Transaction numbers count per server: those of another one would come again. What was written by a transaction that this server has
    /// not reached yet counts as written by none of its own. Triggers that keep the past as it is stand aside for this one column.
    /// </summary>
    public const string ForgetTransactions = """
        do $$
        declare
            found record;
        begin
            for found in
                select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid = 'xid8'::regtype and a.attnum > 0 and not a.attisdropped
            loop
                execute format('alter table public.%I disable trigger user', found.relname);
                execute format('update public.%1$I set %2$I = ''0'' where %2$I >= pg_current_xact_id()', found.relname, found.attname);
                execute format('alter table public.%I enable trigger user', found.relname);
            end loop;
        end
        $$
        """;
}
