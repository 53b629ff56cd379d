using System.Diagnostics.CodeAnalysis;
using Npgsql;
using PipelineCrm.Benchmarks.Parts;

namespace PipelineCrm.Benchmarks;

/// <summary>Statements as such: prepared, in one round trip, on one open connection, every row read.</summary>
internal static class RawStatements
{
    [SuppressMessage("Security", "CA2100", Justification = "The texts are those that the server logged of the application.")]
    public static async Task<double> Median(BenchmarkHost site, IReadOnlyList<string> statements, int rounds)
    {
        await using var connection = await BenchmarkHost.Connect(site.App);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        }

        await batch.PrepareAsync();
        return await Timing.Median(rounds, async () =>
        {
            await using var reader = await batch.ExecuteReaderAsync();
            do
            {
                while (await reader.ReadAsync())
                {
                }
            }
            while (await reader.NextResultAsync());
        });
    }
}
