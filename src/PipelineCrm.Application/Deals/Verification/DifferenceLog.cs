using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace PipelineCrm.Deals;

/// <summary>Counts all differences, keeps the first.</summary>
internal sealed class DifferenceLog(NpgsqlConnection connection)
{
    private const int Shown = 1000;

    public NpgsqlConnection Connection => connection;

    public long Count { get; private set; }

    public List<string> Sentences { get; } = [];

    public void Add(string sentence)
    {
        Count++;
        if (Sentences.Count < Shown)
        {
            Sentences.Add(sentence);
        }
    }

    public void AddRange(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            Add(sentence);
        }
    }

    /// <summary>Every row that the statement answers is a difference, its first column the sentence.</summary>
    public Task AddRows(string sql, CancellationToken ct) => Read(sql, row => Add(row.GetString(0)), ct);

    /// <summary>Row by row: what is read is never held.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Composed of constants; every value is a parameter.")]
    public async Task Read(string sql, Action<NpgsqlDataReader> row, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            row(reader);
        }
    }
}
