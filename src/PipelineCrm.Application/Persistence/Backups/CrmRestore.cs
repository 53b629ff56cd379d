using System.Data.Common;
using Npgsql;

namespace PipelineCrm.Persistence.Backups;

/// <param name="Connections">Of the database that is replaced.</param>
/// <param name="Maintenance">Reaches another database of the same server by a role that may make and rename databases.</param>
/// <param name="BinFolder">PostgreSQL's programs; null: what fits, wherever it is on the machine.</param>
public sealed record RestoreTarget(CrmConnections Connections, string Maintenance, string? BinFolder)
{
    /// <summary>Of a given database, whose owner may make databases.</summary>
    public static RestoreTarget Of(CrmConnections connections, string? binFolder) =>
        new(connections, new NpgsqlConnectionStringBuilder(connections.Owner) { Database = "postgres" }.ConnectionString, binFolder);
}

/// <param name="Applied">The migrations that the backup's database did not have yet.</param>
/// <param name="Left">Why the old database could not be removed; null where it was.</param>
public sealed record Restored(BackupManifest Manifest, IReadOnlyList<string> Applied, string? Left);

/// <summary>
/// Puts a backup in the place of the whole database: into a new one, examined and migrated there, which then takes the name of the old one.
/// Until that instant, and whatever goes wrong before it, the old one stays as it is.
/// </summary>
public static class CrmRestore
{
    /// <param name="beforeSwap">Done when everything is ready, while the old database is still there.</param>
    /// <param name="force">Ends the sessions of whoever works on the database; otherwise their being there is a refusal.</param>
    /// <exception cref="BackupException">Nothing was changed.</exception>
    /// <exception cref="Postgres.PostgresMissingException">No pg_restore was found that fits this server.</exception>
    public static async Task<Restored> Run(string file, RestoreTarget target, bool force, Func<Task> beforeSwap, CancellationToken ct)
    {
        var (archive, manifest) = await BackupFile.OpenAsync(file, ct);
        await using var opened = archive;
        if (!SchemaVersion.Known.Contains(manifest.Schema))
        {
            throw new BackupException(
                $"{file} is of a newer version of PipelineCrm (migration {manifest.Schema}; this program knows them up to {SchemaVersion.Known[^1]}).");
        }

        await using var server = await DatabaseSwap.Open(target, ct);
        if (!force)
        {
            await RefuseInUse(server, target, ct);
        }

        var client = await PostgresClient.Find(target.BinFolder, server.Major, ct);
        var swapping = false;
        try
        {
            var connections = await server.Create(ct);
            await client.Restore(connections.Owner, archive, ct);
            await Examine(connections.Owner, manifest, ct);
            var applied = await CrmDatabase.Migrate(connections, ct);
            await CrmDatabase.Check(connections.Crm, ct);
            await beforeSwap();
            swapping = true;
            await server.Swap(force, ct);
            return new Restored(manifest, applied, await server.DropLeftBehind());
        }
        catch (Exception failed)
        {
            await server.DropLeftBehind();
            throw Told(failed, swapping);
        }
    }

    /// <param name="swapping">The names were being changed: a server that went away then may have done it.</param>
    private static Exception Told(Exception failed, bool swapping) => failed switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ObjectInUse } => new BackupException(
            "Somebody began to work on the database meanwhile: stop PipelineCrm and whoever else works on it, or restore with --force.",
            failed),
        DbException and not PostgresException when swapping => new BackupException(
            $"The server went away ({failed.Message}): look whether the database is the restored one before you try again.", failed),
        DbException => new BackupException($"The backup could not be restored, the database is as it was: {failed.Message}", failed),
        _ => failed,
    };

    private static async Task RefuseInUse(DatabaseSwap server, RestoreTarget target, CancellationToken ct)
    {
        if (await server.Sessions(ct) is > 0 and var sessions)
        {
            throw new BackupException(
                $"The database is in use ({sessions} connections): stop PipelineCrm and whoever else works on it, or restore with --force.");
        }

        await CrmDatabase.RefuseNewer(target.Connections.Owner, ct);
    }

    /// <summary>What arrived is what the manifest says was sent; then it is made at home on this server.</summary>
    private static async Task Examine(string connectionString, BackupManifest manifest, CancellationToken ct)
    {
        await using var connection = await CrmDatabase.Open(connectionString, ct);
        await CrmDatabase.TakeTime(connection, ct);
        var applied = await SchemaVersion.Applied(connection, ct);
        if (applied.Count == 0 || applied[^1] != manifest.Schema || applied.Except(SchemaVersion.Known).Any())
        {
            throw new BackupException("The backup holds another schema than it says: it was not restored.");
        }

        var (tables, rows) = await CrmBackup.Count(connection, ct);
        if ((tables, rows) != (manifest.Tables, manifest.Rows))
        {
            throw new BackupException(
                $"The backup holds {rows} rows in {tables} tables instead of {manifest.Rows} in {manifest.Tables}: it was not restored.");
        }

        await using var forget = new NpgsqlCommand(BackupSql.ForgetTransactions, connection) { CommandTimeout = 0 };
        await forget.ExecuteNonQueryAsync(ct);
        await using var analyze = new NpgsqlCommand("analyze", connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync(ct);
    }
}
