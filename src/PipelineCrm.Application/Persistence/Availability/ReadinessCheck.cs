using System.Globalization;
using Npgsql;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Availability;

/// <param name="Trouble">What keeps deals from being moved, in a word: away, full, read-only, busy or blocked. Null: nothing does.</param>
/// <param name="Reason">The same in a sentence for whoever runs the server; names nobody and nothing of what is kept.</param>
/// <param name="State">Null where it could not be learnt.</param>
/// <param name="Detail">What the server or the network said, for the log only.</param>
public sealed record ReadinessReport(string? Trouble, string? Reason, CrmDatabaseState? State, string? Detail = null);

/// <summary>Whether the database can work, found out by doing what a move does before it writes, and by writing something that nobody
/// sees.</summary>
public sealed class ReadinessCheck
{
    /// <summary>A move waits longer; whoever asks does not.</summary>
    private const string Patience = "select set_config('lock_timeout', '2s', true), set_config('statement_timeout', '4s', true)";

    /// <summary>As a move takes them.</summary>
    private const string MoveLocks = "select pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock_shared($2)";

    /// <summary>Half a megabyte that does not fit into what memory is allowed goes to the disk, and is gone with the statement.</summary>
    private const string Write = "select count(*) from generate_series(1, 20000)";

    private const string LittleMemory = "set local work_mem = '64kB'";

    private const string Holder = """
        select a.pid, a.state, extract(epoch from clock_timestamp() - a.xact_start)::bigint
        from pg_locks l join pg_stat_activity a using (pid)
        where l.locktype = 'advisory' and l.granted and l.mode = 'ExclusiveLock' and l.objid in (1, 2) and l.classid = 0
          and l.database = (select oid from pg_database where datname = current_database())
        order by a.xact_start limit 1
        """;

    private readonly LastDatabaseOutage _last;

    internal ReadinessCheck(LastDatabaseOutage last) => _last = last;

    /// <param name="connectionString">Of the application's role.</param>
    public async Task<ReadinessReport> Ask(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var connection = await CrmDatabase.Open(connectionString, ct);
            var state = await CrmDatabase.Check(connection, ct);
            var trouble = await Try(connection, ct)
                ?? (_last.Lately is { } lately and not DatabaseOutageKind.Away ? Told(lately, "It said so to somebody a moment ago.")
                    : new(null, null, null));
            return trouble with { State = state };
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            return Told(DatabaseOutage.Of(failed) ?? DatabaseOutageKind.Away, $"{failed.GetType().Name}: {failed.Message}");
        }
    }

    /// <summary>Null where a move would work.</summary>
    private static async Task<ReadinessReport?> Try(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            var readOnly = false;
            await new SqlBatch(connection).Query(Patience, _ => { })
                .Query("select current_setting('transaction_read_only') = 'on'", row => readOnly = row.GetBoolean(0)).Run(ct);
            if (readOnly)
            {
                return Told(DatabaseOutageKind.ReadOnly, "transaction_read_only is on");
            }

            await new SqlBatch(connection).Lock(MoveLocks, AdvisoryLocks.Rules, AdvisoryLocks.Rights).Run(ct);
            await new SqlBatch(connection).Execute(LittleMemory).Query(Write, _ => { }).Run(ct);
            return null;
        }
        catch (PostgresException waited) when (waited.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await transaction.RollbackAsync(ct);
            return new("blocked", await HolderAsync(connection, ct), null);
        }
        catch (PostgresException refused) when (DatabaseOutage.Of(refused) is { } kind)
        {
            return Told(kind, refused.MessageText);
        }
    }

    private static async Task<string> HolderAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var holder = "somebody";
        await new SqlBatch(connection).Query(
            Holder,
            row => holder =
                string.Create(CultureInfo.InvariantCulture,
                    $"the connection with process id {row.GetInt32(0)} ({row.GetTextOrNull(1) ?? "its state is hidden"}) for {row.GetOrNull<long>(2) ?? 0} s")).Run(ct);
        return $"No deal can be moved: the lock that every move takes is held by {holder}.";
    }

    private static ReadinessReport Told(DatabaseOutageKind kind, string detail) => kind switch
    {
        DatabaseOutageKind.StorageFull => new("full", "The database has no room left on its disk.", null, detail),
        DatabaseOutageKind.ReadOnly => new("read-only", "The database takes no changes.", null, detail),
        DatabaseOutageKind.Busy => new("busy", "The database cannot do more at the moment.", null, detail),
        _ => new("away", "The database cannot be reached.", null, detail),
    };
}
