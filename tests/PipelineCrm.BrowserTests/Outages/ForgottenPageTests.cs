using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Outages;

public sealed class ForgottenPageTests(RestartedApp app) : IClassFixture<RestartedApp>
{
    [Fact]
    public async Task A_page_without_anything_typed_starts_anew_by_itself()
    {
        var board = await BoardPage.Open(app);
        await board.Page.EvaluateAsync("window.sameDocument = true");
        app.Proxy.Cut();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
        app.Proxy.Restore();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeHiddenAsync();
        await board.Page.Locator("[data-ready]").WaitForAsync();
        Assert.False(await board.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        await board.Drag(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_typed_into_a_form_left_open_over_night_stays_until_its_author_starts_anew()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Orchard Ltd");
        app.Proxy.Cut();
        await Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        app.Proxy.Restore();
        await Expect(page.GetByText("This page was away for too long")).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Orchard Ltd");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reload" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
    }
}
