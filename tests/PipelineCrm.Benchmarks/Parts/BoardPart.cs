using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Npgsql;
using PipelineCrm.Deals;

namespace PipelineCrm.Benchmarks.Parts;

/// <summary>The board's first page through the use-case sender, against the statements that it sends: prepared, in one round trip, on one
/// open connection.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are those that the server logged of the application.")]
internal static class BoardPart
{
    private const int Rounds = 60;

    public static async Task Run(BenchmarkHost site)
    {
        await Measure(site, "admin", new UserId(DataGenerator.Admin));
        await Measure(site, "rep", new UserId(DataGenerator.Id('e', 3)));
    }

    private static async Task Measure(BenchmarkHost site, string who, UserId user)
    {
        var (request, caller) = (new GetBoard.Query(new BoardFilter()), BenchmarkHost.As(user));
        await using var capture = new StatementCapture(site);
        await capture.Open();
        await capture.Of(request, caller);
        var statements = (await capture.Of(request, caller)).Select(statement => StatementReplay.Literal(statement, [])).ToList();
        var door = await Timing.Median(Rounds,
            async () => Timing.Demand((await site.Door.Send(request, caller)).Ok, "the board was refused"));
        var bare = await RawStatements.Median(site, statements, Rounds);
        await using var connection = await BenchmarkHost.Connect(site.App);
        var inside = 0.0;
        foreach (var sql in statements.Where(sql => !sql.StartsWith("set", StringComparison.OrdinalIgnoreCase)))
        {
            await using var explain = new NpgsqlCommand($"explain (analyze, timing off, format json) {sql}", connection);
            await explain.ExecuteScalarAsync();
            inside += JsonDocument.Parse((string)(await explain.ExecuteScalarAsync())!).RootElement[0].GetProperty("Execution Time")
                .GetDouble();
        }

        TablePrinter.Line("board", $"first page as {who} / its {statements.Count} statements bare", $"{door:0.00} ms", $"{bare:0.00} ms",
            door / bare);
        TablePrinter.Line("board", $"database time as {who} (aim 5 ms)", $"{inside:0.00} ms");
    }
}
