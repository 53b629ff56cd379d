using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The line between a page and the server is cut: the page says so, keeps what it holds and goes on.</summary>
public sealed class ConnectionTests(AppBehindProxy app) : IClassFixture<AppBehindProxy>
{
    [Fact]
    public async Task The_page_goes_on_where_it_was_once_the_line_is_mended()
    {
        var board = await BoardPage.Open(app);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal" }).First.ClickAsync();
        var title = board.Page.Locator("form.quick input").First;
        await title.FillAsync("Typed before");
        await board.Page.EvaluateAsync("window.sameDocument = true");

        app.Proxy.Cut();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
        await title.FillAsync("Typed during the cut");
        app.Proxy.Restore();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeHiddenAsync();
        await board.Drag(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(title).ToHaveValueAsync("Typed during the cut");
        Assert.True(await board.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Equal(Stage.Consideration, (await board.Now()).Stage);
    }

    [Fact]
    public async Task A_card_in_the_hand_goes_back_when_the_line_is_cut()
    {
        var board = await BoardPage.Open(app);
        await board.Lift();
        app.Proxy.Cut();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
        await Expect(board.Page.Locator("[data-ghost]")).ToHaveCountAsync(0);
        await board.Page.Mouse.UpAsync();
        app.Proxy.Restore();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeHiddenAsync();
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        Assert.Equal(1, (await board.Now()).Version);
    }

    [Fact]
    public async Task Who_is_signed_out_meanwhile_is_told_and_goes_on_after_signing_in_elsewhere()
    {
        var board = await BoardPage.Open(app);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal" }).First.ClickAsync();
        var title = board.Page.Locator("form.quick input").First;
        await title.FillAsync("Typed before");
        var cookies = await board.Page.Context.CookiesAsync();
        app.Proxy.Cut();
        await board.Page.Context.ClearCookiesAsync(new() { Name = "pipelinecrm" });
        app.Proxy.Restore();
        await Expect(board.Page.GetByText("You are signed out. What you typed is still here")).ToBeVisibleAsync();
        await Expect(title).ToHaveValueAsync("Typed before");

        await board.Page.Context.AddCookiesAsync(
            cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path }));
        await Expect(board.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await board.Drag(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(title).ToHaveValueAsync("Typed before");
    }
}
