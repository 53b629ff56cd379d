using System.Diagnostics;
using Npgsql;
using PipelineCrm.Persistence;

namespace PipelineCrm.Imports;

/// <summary>How long a bare COPY of the same rows takes, into a table of texts without any index: what an import is compared
/// with.</summary>
internal static class PlainCopyTiming
{
    /// <remarks>In a transaction that is rolled back: nothing is left of it, however it ends.</remarks>
    /// <returns>Null where the rows are such that a plain COPY refuses them.</returns>
    public static async Task<TimeSpan?> Measure(NpgsqlConnection connection, IReadOnlyList<MatchedFile> files, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Execute(connection, LongRunningWork.Limits, ct);
        var started = Stopwatch.GetTimestamp();
        try
        {
            foreach (var file in files)
            {
                await Copy(connection, file, ct);
            }
        }
        catch (PostgresException badRow) when (badRow.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            return null;
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task Copy(NpgsqlConnection connection, MatchedFile file, CancellationToken ct)
    {
        var columns = string.Join(", ", Enumerable.Range(1, file.Header.Columns.Count).Select(number => $"c{number} text"));
        var separator = file.Separator == '\t' ? "e'\\t'" : $"'{file.Separator}'";
        await Execute(connection, $"create temp table import_plain ({columns})", ct);
        await using (var copy =
            await connection.BeginTextImportAsync($"copy import_plain from stdin (format csv, header, delimiter {separator})", ct))
        {
            using var reader = file.Source.OpenText();
            var buffer = new char[64 * 1024];
            for (var length = await reader.ReadAsync(buffer, ct); length > 0; length = await reader.ReadAsync(buffer, ct))
            {
                await copy.WriteAsync(buffer.AsMemory(0, length), ct);
            }
        }

        await Execute(connection, "drop table import_plain", ct);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of column numbers only.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
