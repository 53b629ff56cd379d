using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.BrowserTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests;

/// <summary>In an application of its own: no other board may follow anything meanwhile.</summary>
public sealed class LeavingTests(LoggingApp app) : IClassFixture<LoggingApp>
{
    [Fact]
    public async Task Who_leaves_the_board_follows_nothing_any_more()
    {
        var board = await BoardPage.Open(app);
        var seen = await board.More(1);
        await Expect(board.Page.Locator($"[data-deal='{seen[0].Id}']")).ToBeVisibleAsync();
        await Expect(board.Page.Locator(".board-page")).Not.ToHaveAttributeAsync("data-live", "0");
        var before = Followed();
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Customers" }).ClickAsync();
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        await Expect(board.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.Equal(before, Followed());
    }

    private int Followed() => app.Lines().Count(line => line.Contains("FollowChanges", StringComparison.Ordinal));
}
