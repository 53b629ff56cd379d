using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Hosting;

/// <summary>A page is drawn on the server with its data, before its circuit lives.</summary>
public sealed class FirstPaintTests(LoggingApp app) : IClassFixture<LoggingApp>
{
    [Fact]
    public async Task The_first_response_holds_the_cards_and_nothing_is_read_twice()
    {
        var board = await BoardPage.Open(app);
        await board.Page.Locator("[data-ready]").WaitForAsync();
        var before = Count("GetBoard ok");
        var answer = await board.Page.GotoAsync("/");
        var first = await answer!.TextAsync();
        await board.Page.Locator("[data-ready]").WaitForAsync();
        Assert.Contains($"data-deal=\"{board.Deal.Id}\"", first, StringComparison.Ordinal);
        Assert.Contains("data-prerendered", first, StringComparison.Ordinal);
        Assert.InRange(first.IndexOf("js/early.", StringComparison.Ordinal), 0, first.IndexOf("<body", StringComparison.Ordinal));
        await Expect(board.Page.Locator("main[data-prerendered]")).ToHaveCountAsync(0);
        Assert.Equal(before + 1, Count("GetBoard ok"));
    }

    [Fact]
    public async Task What_is_clicked_before_the_circuit_lives_is_done_once_it_does()
    {
        var board = await BoardPage.Open(app);
        var live = await Drawn(board.Page, "/");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal" }).First.ClickAsync();
        await Expect(board.Page.Locator("form.quick")).ToHaveCountAsync(0);
        await live();
        await Expect(board.Page.Locator("form.quick")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_chosen_before_the_circuit_lives_is_chosen_once_it_is_offered_there()
    {
        var page = await app.SignedInPage(Role.Manager);
        var live = await Drawn(page, "/funnel?period=all");
        await page.GetByLabel("Source").SelectOptionAsync("partner");
        await page.GetByLabel("Source").SelectOptionAsync("event");
        await live();
        await page.IsAt("**/funnel?source=event&period=all");
        await Expect(page.GetByLabel("Source")).ToHaveValueAsync("event");
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task What_is_typed_before_the_circuit_lives_is_typed_once_its_field_is_there_and_before_what_was_clicked_after_it()
    {
        var board = await BoardPage.Open(app);
        var live = await Drawn(board.Page, "/");
        var search = board.Page.GetByRole(AriaRole.Searchbox);
        await search.FillAsync("meter");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Mine" }).ClickAsync();
        await search.PressAsync("End");
        await search.PressSequentiallyAsync("ing");
        await live();
        await board.Page.IsAt("**/?*search=metering*");
        await Expect(search).ToHaveValueAsync("metering");
        await Expect(search).ToBeFocusedAsync();
        await Expect(board.Page.GetByRole(AriaRole.Button, new() { Name = "Mine" })).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_menu_that_is_opened_before_the_circuit_lives_stays_open()
    {
        var board = await BoardPage.Open(app);
        var menu = board.Page.Locator(".content details.menu");
        var live = await Drawn(board.Page, $"/deals/{board.Deal.Id}");
        await menu.Locator("summary").ClickAsync();
        await live();
        await Expect(menu).ToHaveAttributeAsync("open", "");
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task What_is_chosen_from_a_menu_before_the_circuit_lives_is_done_once_and_the_menu_is_closed()
    {
        var board = await BoardPage.Open(app);
        var menu = board.Page.Locator(".content details.menu");
        var live = await Drawn(board.Page, $"/deals/{board.Deal.Id}");
        await menu.Locator("summary").ClickAsync();
        await menu.GetByRole(AriaRole.Button, new() { Name = "Archive…" }).ClickAsync();
        await live();
        await Expect(board.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Expect(menu).Not.ToHaveAttributeAsync("open", "");
        Assert.Empty(app.Trouble);
    }

    /// <summary>The page as it was drawn on the server.</summary>
    /// <returns>Lets its circuit take it over, as on another node: what it shows is read anew and comes bit by bit.</returns>
    private static async Task<Func<Task>> Drawn(IPage page, string path)
    {
        var gate = new TaskCompletionSource();
        await page.RouteAsync("**/_framework/blazor.web*.js", async route =>
        {
            await gate.Task;
            await route.ContinueAsync();
        });
        await page.AddInitScriptAsync(ForgetAnswers);
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("#blazor-error-ui").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return async () =>
        {
            gate.SetResult();
            await Expect(page.Locator("main[data-prerendered]")).ToHaveCountAsync(0);
        };
    }

    /// <summary>Takes the key of the answers that the page was drawn with.</summary>
    private const string ForgetAnswers = """
        document.addEventListener('DOMContentLoaded', () => {
          const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
          while (comments.nextNode()) {
            if (comments.currentNode.data.startsWith('Blazor-Server-Component-State:')) return comments.currentNode.remove();
          }
          throw new Error('The page carries no state.');
        });
        """;

    private int Count(string line) => app.Lines().Count(one => one.Contains(line, StringComparison.Ordinal));
}
