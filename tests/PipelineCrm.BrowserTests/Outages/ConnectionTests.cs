using Microsoft.Playwright;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The line between a page and the server is cut: the page says so, keeps what it holds and goes on.</summary>
public sealed class ConnectionTests(AppOnCable app) : IClassFixture<AppOnCable>
{
    [Fact]
    public async Task The_page_goes_on_where_it_was_once_the_line_is_mended()
    {
        var board = await BoardPage.OpenAsync(app);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal" }).First.ClickAsync();
        var title = board.Page.Locator("form.quick input").First;
        await title.FillAsync("Typed before");
        await board.Page.EvaluateAsync("window.sameDocument = true");

        app.Cable.Cut();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
        await title.FillAsync("Typed during the cut");
        app.Cable.Mend();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeHiddenAsync();
        await board.DragAsync(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(title).ToHaveValueAsync("Typed during the cut");
        Assert.True(await board.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Equal(Stage.Consideration, (await board.NowAsync()).Stage);
    }

    [Fact]
    public async Task A_card_in_the_hand_goes_back_when_the_line_is_cut()
    {
        var board = await BoardPage.OpenAsync(app);
        await board.LiftAsync();
        app.Cable.Cut();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
        await Expect(board.Page.Locator("[data-ghost]")).ToHaveCountAsync(0);
        await board.Page.Mouse.UpAsync();
        app.Cable.Mend();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeHiddenAsync();
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        Assert.Equal(1, (await board.NowAsync()).Version);
    }

    [Fact]
    public async Task Who_is_signed_out_meanwhile_is_told_and_goes_on_after_signing_in_elsewhere()
    {
        var board = await BoardPage.OpenAsync(app);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal" }).First.ClickAsync();
        var title = board.Page.Locator("form.quick input").First;
        await title.FillAsync("Typed before");
        var cookies = await board.Page.Context.CookiesAsync();
        app.Cable.Cut();
        await board.Page.Context.ClearCookiesAsync(new() { Name = "pipelinecrm" });
        app.Cable.Mend();
        await Expect(board.Page.GetByText("You are signed out. What you typed is still here")).ToBeVisibleAsync();
        await Expect(title).ToHaveValueAsync("Typed before");

        await board.Page.Context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path }));
        await Expect(board.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await board.DragAsync(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(title).ToHaveValueAsync("Typed before");
    }
}

public sealed class ResumedPageTests(ForgetfulApp app) : IClassFixture<ForgetfulApp>
{
    [Fact]
    public async Task A_page_comes_back_by_itself_and_says_so()
    {
        var board = await BoardPage.OpenAsync(app);
        await board.Page.EvaluateAsync("window.sameDocument = true");
        app.Cable.Cut();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
        app.Cable.Mend();
        await Expect(board.Page.GetByText("The page came back as it was.")).ToBeVisibleAsync();
        await board.DragAsync(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        Assert.True(await board.Page.EvaluateAsync<bool>("window.sameDocument === true"));
    }

    [Fact]
    public async Task A_form_that_was_open_is_open_again_with_what_was_typed()
    {
        var page = await app.SignedInPageAsync(Role.Rep);
        await page.OpenAsync("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        var name = page.GetByRole(AriaRole.Dialog).GetByLabel("Name");
        await page.Locator("[data-watched]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await name.FillAsync("Orchard Ltd");
        app.Cable.Cut();
        await Expect(page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
        await name.PressSequentiallyAsync(" and Sons");
        app.Cable.Mend();
        await Expect(page.GetByText("The page came back as it was.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Restored")).ToBeVisibleAsync();
        await Expect(name).ToHaveValueAsync("Orchard Ltd and Sons");
    }
}

public sealed class ForgottenPageTests(RestartedApp app) : IClassFixture<RestartedApp>
{
    [Fact]
    public async Task A_page_without_anything_typed_starts_anew_by_itself()
    {
        var board = await BoardPage.OpenAsync(app);
        await board.Page.EvaluateAsync("window.sameDocument = true");
        app.Cable.Cut();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
        app.Cable.Mend();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeHiddenAsync();
        await board.Page.Locator("[data-ready]").WaitForAsync();
        Assert.False(await board.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        await board.DragAsync(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_typed_into_a_form_left_open_over_night_stays_until_its_author_starts_anew()
    {
        var page = await app.SignedInPageAsync(Role.Rep);
        await page.OpenAsync("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Orchard Ltd");
        app.Cable.Cut();
        await Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        app.Cable.Mend();
        await Expect(page.GetByText("This page was away for too long")).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Orchard Ltd");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reload" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
    }
}
