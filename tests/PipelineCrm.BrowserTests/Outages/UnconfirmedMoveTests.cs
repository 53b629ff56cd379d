using Npgsql;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>A move whose page died before it was answered.</summary>
public sealed class UnconfirmedMoveTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    /// <summary>Whether the browser remembers a move.</summary>
    private const string Waiting = "Object.keys(sessionStorage).some(name => name.endsWith('unconfirmed-move'))";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_drop_that_was_written_after_its_page_had_gone_is_said_to_be_saved_when_it_comes_back()
    {
        var board = await BoardPage.Open(app);
        await using var connection = new NpgsqlConnection(app.Connections.Owner);
        await connection.OpenAsync(Ct);
        await using (var held = await connection.BeginTransactionAsync(Ct))
        {
            await using var hold = new NpgsqlCommand("select 1 from deals where id = $1 for update", connection,
                held)
            { Parameters = { new() { Value = board.Deal.Id.Value } } };
            await hold.ExecuteScalarAsync(Ct);
            await board.Drag(Stage.Consideration);
            await board.Page.WaitForFunctionAsync($"() => {Waiting}");
            await board.Page.ReloadAsync();
            await held.RollbackAsync(Ct);
        }

        await Expect(board.Page.Locator(".toast")).ToContainTextAsync("was moved to Consideration before the connection broke off");
        Assert.Equal((Stage.Consideration, 2), ((await board.Now()).Stage, (await board.Now()).Version));
    }

    [Fact]
    public async Task A_move_that_never_arrived_is_said_not_to_be_saved_and_once()
    {
        var board = await BoardPage.Open(app);
        await Remember(board, Guid.NewGuid().ToString("N"));
        await board.Page.OpenAgain();
        await Expect(board.Page.Locator(".toast")).ToContainTextAsync("Plant-wide metering was not moved to Consideration");
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        Assert.Equal(1, (await board.Now()).Version);

        await board.Reload();
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        Assert.False(await board.Page.EvaluateAsync<bool>(Waiting));
        await Expect(board.Page.Locator(".toast")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_answered_move_leaves_nothing_to_ask()
    {
        var board = await BoardPage.Open(app);
        await board.Drag(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(board.Page.Locator(".toast")).ToContainTextAsync("moved to Consideration");
        await board.Page.WaitForFunctionAsync($"() => !{Waiting}");
    }

    private static Task<System.Text.Json.JsonElement?> Remember(BoardPage board, string key) => board.Page.EvaluateAsync(
        "async move => (await import('/js/unconfirmed.js')).remember(move)",
        new { key, deal = $"{board.Deal.Id}", title = board.Deal.Title, kind = "advance", to = "consideration" });
}
