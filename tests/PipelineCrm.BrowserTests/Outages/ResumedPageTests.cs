using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Outages;

public sealed class ResumedPageTests(AppWithoutRetention app) : IClassFixture<AppWithoutRetention>
{
    [Fact]
    public async Task A_page_comes_back_by_itself_and_says_so()
    {
        var board = await BoardPage.Open(app);
        await board.Page.EvaluateAsync("window.sameDocument = true");
        app.Proxy.Cut();
        await Expect(board.Page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
        app.Proxy.Restore();
        await Expect(board.Page.GetByText("The page came back as it was.")).ToBeVisibleAsync();
        await board.Drag(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        Assert.True(await board.Page.EvaluateAsync<bool>("window.sameDocument === true"));
    }

    [Fact]
    public async Task A_form_that_was_open_is_open_again_with_what_was_typed()
    {
        var (page, name) = await TypedName();
        await Lose(page);
        await name.PressSequentiallyAsync(" and Sons");
        await ComesBackWith(page, name, "Orchard Ltd and Sons");
    }

    [Fact]
    public async Task What_was_typed_a_moment_before_the_page_came_back_is_there_too()
    {
        var (page, name) = await TypedName();
        await Lose(page);
        await page.EvaluateAsync(NoPause);
        await name.PressSequentiallyAsync(" and Sons");
        await ComesBackWith(page, name, "Orchard Ltd and Sons");
    }

    /// <summary>The pause after which a draft is written never ends.</summary>
    private const string NoPause = """
        () => {
          const real = window.setTimeout;
          window.setTimeout = (what, pause, ...rest) => real(what, pause === 300 ? 2 ** 30 : pause, ...rest);
        }
        """;

    private async Task<(IPage, ILocator)> TypedName()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        var name = page.GetByRole(AriaRole.Dialog).GetByLabel("Name");
        await page.Locator("[data-watched]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await name.FillAsync("Orchard Ltd");
        return (page, name);
    }

    private async Task Lose(IPage page)
    {
        app.Proxy.Cut();
        await Expect(page.GetByText("The connection is lost. Reconnecting…")).ToBeVisibleAsync();
    }

    private async Task ComesBackWith(IPage page, ILocator name, string typed)
    {
        app.Proxy.Restore();
        await Expect(page.GetByText("The page came back as it was.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Restored")).ToBeVisibleAsync();
        await Expect(name).ToHaveValueAsync(typed);
    }
}
