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
    public static async Task<BackupManifest> WriteAsync(string connectionString, string? binFolder, string file, CancellationToken stop)
    {
        await using var connection = await CrmDatabase.OpenAsync(connectionString, stop);
        await CrmDatabase.TakeTimeAsync(connection, stop);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var applied = await SchemaVersion.AppliedAsync(connection, stop);
        if (applied.Count == 0)
        {
            throw new BackupException("There is nothing to back up: the database is empty.");
        }

        var (taken, exported, major) = await SnapshotAsync(connection, stop);
        var client = await PostgresClient.FindAsync(binFolder, major, stop);
        return await BackupFile.WriteAsync(
            file,
            async archive =>
            {
                var (tables, rows) = await CountAsync(connection, stop);
                await client.DumpAsync(connectionString, exported, archive, stop);
                return new(BackupManifest.ProductName, BackupManifest.CurrentFormat, applied[^1], taken, major, tables, rows, 0, "");
            },
            stop);
    }

    internal static async Task<(int Tables, long Rows)> CountAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(BackupSql.Count, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        return (reader.GetInt32(0), reader.GetInt64(1));
    }

    private static async Task<(DateTimeOffset Taken, string Exported, int Major)> SnapshotAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(BackupSql.Snapshot, connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        return (reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetInt32(2));
    }
}
