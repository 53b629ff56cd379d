namespace PipelineCrm.Persistence;

/// <summary>Who may do what, and what the server promises.</summary>
internal static class CrmDatabaseSql
{
    /// <summary>
    /// The application writes everything but the past and what is kept: what is in the ledger and the history stays as it is, and what
    /// board and reports read is written by the owner's functions.
    /// </summary>
    public const string Grant = """
        do $$
        declare
            app text := current_setting('pipelinecrm.app_role');
            ledger text;
            kept text;
        begin
            if app = current_user then
                return;
            end if;
            revoke all on schema public from public;
            revoke all on all tables in schema public from public;
            revoke all on all sequences in schema public from public;
            revoke all on all routines in schema public from public;
            execute format('grant temporary on database %I to %I', current_database(), app);
            execute format('grant usage on schema public to %I', app);
            execute format('grant select, insert, update, delete on all tables in schema public to %I', app);
            execute format('grant usage, select on all sequences in schema public to %I', app);
            execute format('grant execute on all routines in schema public to %I', app);
            foreach ledger in array array['transitions', 'refusals', 'history', 'checkpoints'] loop
                execute format('revoke update, delete, truncate on public.%I from %I', ledger, app);
            end loop;
            foreach kept in array array['board_totals', 'board_deltas', 'funnel_entries', 'funnel_spans', 'funnel_changed'] loop
                execute format('revoke insert, update, delete, truncate on public.%I from %I', kept, app);
            end loop;
            execute format('revoke insert, update, delete on public.%I from %I', '__EFMigrationsHistory', app);
        end
        $$
        """;

    public const string Check = """
        select not exists (
                   select from pg_class
                   where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and pg_has_role(current_user, relowner, 'usage')),
               current_setting('fsync') = 'on',
               current_setting('full_page_writes') = 'on',
               current_setting('synchronous_commit') <> 'off'
        """;
}
