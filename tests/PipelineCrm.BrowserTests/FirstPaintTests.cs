using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Api;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests;

/// <summary>A page is drawn on the server with its data, before its circuit lives.</summary>
public sealed class FirstPaintTests(LoggingApp app) : IClassFixture<LoggingApp>
{
    [Fact]
    public async Task The_first_response_holds_the_cards_and_nothing_is_read_twice()
    {
        var board = await BoardPage.OpenAsync(app);
        await board.Page.Locator("[data-ready]").WaitForAsync();
        var before = Count("GetBoard ok");
        var answer = await board.Page.GotoAsync("/");
        var first = await answer!.TextAsync();
        await board.Page.Locator("[data-ready]").WaitForAsync();
        Assert.Contains($"data-deal=\"{board.Deal.Id}\"", first, StringComparison.Ordinal);
        Assert.Contains("data-prerendered", first, StringComparison.Ordinal);
        await Expect(board.Page.Locator("main[data-prerendered]")).ToHaveCountAsync(0);
        Assert.Equal(before + 1, Count("GetBoard ok"));
    }

    [Fact]
    public async Task What_is_clicked_before_the_circuit_lives_is_done_once_it_does()
    {
        var board = await BoardPage.OpenAsync(app);
        var gate = new TaskCompletionSource();
        await board.Page.RouteAsync("**/_framework/blazor.web*.js", async route =>
        {
            await gate.Task;
            await route.ContinueAsync();
        });
        await board.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal" }).First.ClickAsync();
        await Expect(board.Page.Locator("form.quick")).ToHaveCountAsync(0);
        gate.SetResult();
        await Expect(board.Page.Locator("form.quick")).ToBeVisibleAsync();
    }

    private int Count(string line) => app.Lines().Count(one => one.Contains(line, StringComparison.Ordinal));
}
