using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Lists;

/// <summary>The way back from a change of many once its sheet is closed.</summary>
public sealed class BulkUndoTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_double_click_does_it_once_and_a_field_is_emptied_only_where_that_is_said()
    {
        var (page, deals) = await app.RepList(3, Ct);
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByLabel("Select all that are shown").CheckAsync();
        await page.Locator("[data-action-bar]").GetByRole(AriaRole.Button, new() { Name = "Change a field" }).ClickAsync();
        await dialog.Locator("[name=fact]").SelectOptionAsync("source");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change 3" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("tick “Empty the field”");
        await dialog.Locator("select[name=source]").SelectOptionAsync("partner");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change 3" }).DblClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("3 changed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo all" }).DblClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("3 taken back");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();

        await page.GetByLabel("Select all that are shown").CheckAsync();
        await page.Locator("[data-action-bar]").GetByRole(AriaRole.Button, new() { Name = "Change a field" }).ClickAsync();
        await dialog.Locator("[name=fact]").SelectOptionAsync("amount");
        await dialog.GetByLabel("Empty the field").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change 3" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("3 changed");
        Assert.Null((await app.Ok(new GetDeal.Query(deals[1].Id), deals[1].OwnerId, Ct)).Amount);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_change_of_many_is_taken_back_by_its_message_and_by_Ctrl_Z_after_its_sheet_is_closed()
    {
        var (page, deals) = await app.RepList(25, Ct);
        await ChangeSource("partner");
        var toasts = page.Locator(".toasts");
        await Assertions.Expect(toasts).ToContainTextAsync("25 deals changed");
        await toasts.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(toasts).ToContainTextAsync("25 deals taken back");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Null((await app.Ok(new GetDeal.Query(deals[3].Id), deals[3].OwnerId, Ct)).Source);

        // Its message is gone, and the newest change goes first: of its deals one was changed once more.
        await ChangeSource("partner");
        await ChangeSource("event");
        var again = await app.Ok(new GetDeal.Query(deals[7].Id), deals[7].OwnerId, Ct);
        await app.Ok(new UpdateDeal.Command(again.Id, again.Version, new MoveFields().And("source", "website")), again.OwnerId, Ct);
        await toasts.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.Keyboard.PressAsync("Control+z");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("24 taken back");
        await Assertions.Expect(dialog).ToContainTextAsync("1 left alone");
        await Assertions.Expect(dialog.Locator("tbody")).ToContainTextAsync("Deal 7");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.PressAsync("Enter");
        Assert.Equal("partner", (await app.Ok(new GetDeal.Query(deals[3].Id), deals[3].OwnerId, Ct)).Source);

        // From another page it is taken back too.
        await page.Locator("nav").GetByRole(AriaRole.Link, new() { Name = "Customers" }).ClickAsync();
        await page.Locator("[data-list=customers]").WaitForAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(toasts).ToContainTextAsync("24 deals taken back; 1 left alone");
        Assert.Null((await app.Ok(new GetDeal.Query(deals[3].Id), deals[3].OwnerId, Ct)).Source);
        Assert.Equal("website", (await app.Ok(new GetDeal.Query(deals[7].Id), deals[7].OwnerId, Ct)).Source);
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(toasts).ToContainTextAsync("There is nothing to undo here.");
        Assert.Empty(app.Trouble);

        async Task ChangeSource(string source)
        {
            await page.GetByLabel("Select all that are shown").CheckAsync();
            await page.Locator("[data-action-bar]").GetByRole(AriaRole.Button, new() { Name = "Change a field" }).ClickAsync();
            var dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.Locator("[name=fact]").SelectOptionAsync("source");
            await dialog.Locator("select[name=source]").SelectOptionAsync(source);
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Change 25" }).ClickAsync();
            await Assertions.Expect(dialog).ToContainTextAsync("25 changed");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
            await Assertions.Expect(dialog).ToHaveCountAsync(0);
        }
    }
}
