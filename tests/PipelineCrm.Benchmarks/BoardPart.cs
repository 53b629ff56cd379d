using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Deals;

namespace PipelineCrm.Benchmarks;

/// <summary>The board's first page through the door, against the statements that it sends: prepared, in one round trip, on one open connection.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The texts are those that the server logged of the application.")]
internal static class BoardPart
{
    private const int Rounds = 60;

    public static async Task RunAsync(Site site)
    {
        await Measure(site, "admin", new UserId(Generator.Admin));
        await Measure(site, "rep", new UserId(Generator.Id('e', 3)));
    }

    private static async Task Measure(Site site, string who, UserId user)
    {
        var (request, caller) = (new GetBoard.Query(new BoardFilter()), Site.As(user));
        await using var capture = new Capture(site);
        await capture.OpenAsync();
        await capture.OfAsync(request, caller);
        var statements = (await capture.OfAsync(request, caller)).Select(statement => Replay.Literal(statement, [])).ToList();
        var door = await Timing.MedianAsync(Rounds, async () => Timing.Demand((await site.Door.Send(request, caller)).Ok, "the board was refused"));
        var bare = await Bare.MedianAsync(site, statements, Rounds);
        await using var connection = await Site.ConnectAsync(site.App);
        var inside = 0.0;
        foreach (var sql in statements.Where(sql => !sql.StartsWith("set", StringComparison.OrdinalIgnoreCase)))
        {
            await using var explain = new NpgsqlCommand($"explain (analyze, timing off, format json) {sql}", connection);
            await explain.ExecuteScalarAsync();
            inside += JsonDocument.Parse((string)(await explain.ExecuteScalarAsync())!).RootElement[0].GetProperty("Execution Time").GetDouble();
        }

        Table.Line("board", $"first page as {who} / its {statements.Count} statements bare", $"{door:0.00} ms", $"{bare:0.00} ms", door / bare);
        Table.Line("board", $"database time as {who} (aim 5 ms)", $"{inside:0.00} ms");
    }
}
