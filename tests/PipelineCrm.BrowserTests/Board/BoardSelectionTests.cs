using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>Several cards at once: chosen by mouse and keyboard, moved, told of, taken back.</summary>
public sealed class BoardSelectionTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task Cards_are_chosen_across_columns_moved_together_and_taken_back()
    {
        var board = await BoardPage.Open(app);
        var more = await board.More(3);
        var elsewhere = (await board.More(1, Stage.Consideration))[0];
        var page = board.Page;
        await Expect(page.Locator("[data-deal]")).ToHaveCountAsync(5);
        var bar = page.Locator("[data-action-bar]");

        // With Shift all that lie between.
        await Click(page, more[2].Id, KeyboardModifier.Control);
        await Click(page, more[0].Id, KeyboardModifier.Shift);
        await Expect(bar).ToContainTextAsync("3 selected");
        await Click(page, elsewhere.Id, KeyboardModifier.Control);
        await Expect(bar).ToContainTextAsync("4 selected");
        await Expect(page.Locator("[data-chosen]")).ToHaveCountAsync(4);
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("4 in all");
        await Axe.NoViolations(page);

        await bar.GetByRole(AriaRole.Button, new() { Name = "Move to" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("[name=to]").SelectOptionAsync("decision");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move 4" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("need");
        await Axe.NoViolations(page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-chosen]")).ToHaveCountAsync(0);

        // By keyboard, and the way that the rules allow.
        var card = page.Locator($"[data-deal='{more[1].Id}']");
        await card.FocusAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(bar).ToContainTextAsync("1 selected");
        await bar.GetByRole(AriaRole.Button, new() { Name = "All 4 of Awareness" }).ClickAsync();
        await Expect(bar).ToContainTextAsync("4 selected");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Move to" }).ClickAsync();
        await dialog.Locator("[name=to]").SelectOptionAsync("consideration");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move 4" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("4 moved");
        await Expect(board.Column(Stage.Consideration).Locator("[data-deal]")).ToHaveCountAsync(5);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo all" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("4 taken back");
        await Expect(board.Column(Stage.Awareness).Locator("[data-deal]")).ToHaveCountAsync(4);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task While_cards_are_chosen_a_click_chooses_and_Escape_gives_all_up()
    {
        var board = await BoardPage.Open(app, language: "zh-CN", width: 390);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "多选" }).ClickAsync();
        await board.CardIn(Stage.Awareness).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(board.Page.Locator("[data-action-bar]")).ToContainTextAsync("已选择 1 条");
        await Axe.NoViolations(board.Page);
        await board.CardIn(Stage.Awareness).FocusAsync();
        await board.Page.Keyboard.PressAsync("Escape");
        await Expect(board.Page.Locator("[data-action-bar]")).ToHaveCountAsync(0);
        await board.CardIn(Stage.Awareness).GetByRole(AriaRole.Link).ClickAsync();
        await board.Page.IsAt($"**/deals/{board.Deal.Id}**");
    }

    [Fact]
    public async Task A_condition_on_any_fact_stands_in_the_address_and_a_view_keeps_it()
    {
        var board = await BoardPage.Open(app);
        var page = board.Page;
        await board.More(1);
        await Expect(page.Locator("[data-deal]")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a filter" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("[name=fact]").SelectOptionAsync("title");
        await dialog.Locator("[name=title]").FillAsync("metering");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page.Locator("[data-deal]")).ToHaveCountAsync(1);
        await page.IsAt("**/?*filter=*metering*");
        await Axe.NoViolations(page);

        await page.Locator(".views > summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a view" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("Metering");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.IsAt("**/?view=*");
        await Expect(page.Locator(".views > summary")).ToContainTextAsync("Metering");
        await Expect(page.Locator("[data-deal]")).ToHaveCountAsync(1);

        // What differs from the view says all that it shows.
        await page.Locator("[data-filter] .off").ClickAsync();
        await Expect(page.Locator("[data-deal]")).ToHaveCountAsync(2);
        await page.IsAt($"**/?owner={board.Me}&view=*");
        await board.Reload();
        await Expect(page.Locator("[data-deal]")).ToHaveCountAsync(2);
        Assert.Empty(app.Trouble);
    }

    private static Task Click(IPage page, object deal, KeyboardModifier key) =>
        page.Locator($"[data-deal='{deal}'] .cust").ClickAsync(new() { Modifiers = [key] });
}
