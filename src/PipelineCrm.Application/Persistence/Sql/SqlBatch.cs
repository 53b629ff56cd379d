using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;

namespace PipelineCrm.Persistence.Sql;

/// <summary>Several statements in one round trip, each with what is done with its rows. They run in order, each with a snapshot of its
/// own.</summary>
internal sealed class SqlBatch(NpgsqlConnection connection)
{
    private readonly List<(NpgsqlBatchCommand Command, Action<NpgsqlDataReader>? Row)> _statements = [];

    /// <summary>A statement that answers no rows, e.g. begin.</summary>
    public SqlBatch Execute(string sql) => Enqueue(new NpgsqlBatchCommand(sql), null);

    /// <summary>A statement whose rows matter only as locks.</summary>
    public SqlBatch Lock(string sql, params object?[] values) => Query(sql, _ => { }, values);

    [SuppressMessage("Security", "CA2100", Justification = "Callers pass constants; every value is a parameter.")]
    public SqlBatch Query(string sql, Action<NpgsqlDataReader> row, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return Enqueue(command, row);
    }

    /// <summary>A statement whose parameters have names, for a text that is put together of parts.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Callers compose constants; every value is a parameter.")]
    public SqlBatch QueryNamed(string sql, Action<NpgsqlParameterCollection> values, Action<NpgsqlDataReader> row)
    {
        var command = new NpgsqlBatchCommand(sql);
        values(command.Parameters);
        return Enqueue(command, row);
    }

    public SqlBatch Enqueue(NpgsqlBatchCommand command, Action<NpgsqlDataReader>? row)
    {
        _statements.Add((command, row));
        return this;
    }

    public async Task Run(CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (command, _) in _statements)
        {
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var (_, row) in _statements.Where(statement => statement.Row is not null))
        {
            while (await reader.ReadAsync(ct))
            {
                row!(reader);
            }

            await reader.NextResultAsync(ct);
        }
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        NpgsqlParameter ready => ready,
        None none => new NpgsqlParameter { NpgsqlDbType = none.Type, Value = DBNull.Value },
        null => throw new ArgumentNullException(nameof(value), "A null needs its type: Reads.Or."),
        _ => new NpgsqlParameter { Value = value },
    };

    public static object OrNull(Guid? value) => value is { } id ? id : new None(NpgsqlDbType.Uuid);

    public static object OrNull(string? value) => value is { } text ? text : new None(NpgsqlDbType.Text);

    public static object OrNull(short? value) => value is { } number ? number : new None(NpgsqlDbType.Smallint);

    public static object OrNull(DateTimeOffset? value) => value is { } instant ? instant.ToUniversalTime()
        : new None(NpgsqlDbType.TimestampTz);

    public static object OrNull(Guid[]? value) => value is { } ids ? ids : new None(NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    private sealed record None(NpgsqlDbType Type);
}

/// <summary>Columns that may be null.</summary>
internal static class DataReaderExtensions
{
    public static T? GetOrNull<T>(this NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    public static string? GetTextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
