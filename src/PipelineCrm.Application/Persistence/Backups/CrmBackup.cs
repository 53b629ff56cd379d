using System.Data;
using Npgsql;

namespace PipelineCrm.Persistence.Backups;

/// <summary>Backs up the whole database as it is at one instant, whoever works on it meanwhile.</summary>
public static class CrmBackup
{
    /// <param name="connectionString">The application's role suffices: it may read everything.</param>
    /// <param name="binFolder">PostgreSQL's programs; null: what fits, wherever it is on the machine.</param>
    /// <param name="file">Replaced where it is a backup.</param>
    /// <exception cref="BackupException">There is nothing to back up, or the file cannot be written.</exception>
    /// <exception cref="Postgres.PostgresMissingException">No pg_dump was found that reads this server.</exception>
    public static async Task<BackupManifest> Write(string connectionString, string? binFolder, string file, CancellationToken ct)
    {
        await using var connection = await CrmDatabase.Open(connectionString, ct);
        await CrmDatabase.TakeTime(connection, ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var applied = await SchemaVersion.Applied(connection, ct);
        if (applied.Count == 0)
        {
            throw new BackupException("There is nothing to back up: the database is empty.");
        }

        var (taken, exported, major) = await Snapshot(connection, ct);
        var client = await PostgresClient.Find(binFolder, major, ct);
        return await BackupFile.Write(
            file,
            async archive =>
            {
                var (tables, rows) = await Count(connection, ct);
                await client.Dump(connectionString, exported, archive, ct);
                return new(BackupManifest.ProductName, BackupManifest.CurrentFormat, applied[^1], taken, major, tables, rows, 0, "");
            },
            ct);
    }

    internal static async Task<(int Tables, long Rows)> Count(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(BackupSql.Count, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt32(0), reader.GetInt64(1));
    }

    private static async Task<(DateTimeOffset Taken, string Exported, int Major)> Snapshot(NpgsqlConnection connection,
        CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(BackupSql.Snapshot, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetInt32(2));
    }
}
