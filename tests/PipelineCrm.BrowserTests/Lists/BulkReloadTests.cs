using Microsoft.Playwright;
using Npgsql;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Deals;

namespace PipelineCrm.BrowserTests.Lists;

/// <summary>A page is lost in the middle of a change of many: the change goes on, and the next page says how far it is and what became of
/// it.</summary>
public sealed class BulkReloadTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_many_goes_on_without_its_page_and_the_next_one_tells_of_it()
    {
        var (page, deals) = await app.RepList(25, Ct);
        var dialog = page.GetByRole(AriaRole.Dialog);
        await using (var holder = await Hold(deals[7].Id))
        {
            await page.GetByLabel("Select all that are shown").CheckAsync();
            await page.Locator("[data-action-bar]").GetByRole(AriaRole.Button, new() { Name = "Change a field" }).ClickAsync();
            await dialog.Locator("[name=fact]").SelectOptionAsync("source");
            await dialog.Locator("select[name=source]").SelectOptionAsync("partner");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Change 25" }).ClickAsync();
            await Assertions.Expect(dialog).ToContainTextAsync("7 of 25 done");
            await Axe.NoViolations(page);
            await page.OpenAgain();
            await Assertions.Expect(page.Locator("[data-job]")).ToContainTextAsync("7 of 25 changed");
            await Axe.NoViolations(page);
        }

        await Assertions.Expect(page.Locator("[data-job]")).ToContainTextAsync("25 deals changed");
        await page.Locator("[data-job]").GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("25 changed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo all" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("25 taken back");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await Assertions.Expect(page.Locator("[data-job]")).ToHaveCountAsync(0);
        var deal = await app.Ok(new GetDeal.Query(deals[20].Id), deals[20].OwnerId, Ct);
        Assert.Equal((null, deals[20].Version + 2), (deal.Source, deal.Version));
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_sheet_that_is_closed_stops_nothing_and_Stop_does()
    {
        var (page, deals) = await app.RepList(25, Ct);
        var dialog = page.GetByRole(AriaRole.Dialog);
        await using (var holder = await Hold(deals[7].Id))
        {
            await page.GetByLabel("Select all that are shown").CheckAsync();
            await page.Locator("[data-action-bar]").GetByRole(AriaRole.Button, new() { Name = "Archive" }).ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Archive 25" }).ClickAsync();
            await Assertions.Expect(dialog).ToContainTextAsync("7 of 25 done");
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(dialog).ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator("[data-job]")).ToContainTextAsync("7 of 25 changed");
            await page.Locator("[data-job]").GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
            await Assertions.Expect(dialog).ToContainTextAsync("not tried");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        }

        // The one that it was at when it was stopped may still be done.
        await Assertions.Expect(page.Locator(".toasts")).ToContainTextAsync("deals changed");
        await page.OpenAgain();
        await Assertions.Expect(page.Locator("[data-figures]")).Not.ToHaveAttributeAsync("data-figures", "25");
        Assert.Null((await app.Ok(new GetDeal.Query(deals[20].Id), deals[20].OwnerId, Ct)).ArchivedAt);
    }

    /// <summary>Whoever changes this deal waits until the holder is disposed of.</summary>
    private async Task<NpgsqlConnection> Hold(DealId deal)
    {
        var holder = new NpgsqlConnection(app.Connections.Owner);
        await holder.OpenAsync(Ct);
        await holder.BeginTransactionAsync(Ct);
        await using var hold = new NpgsqlCommand("select 1 from deals where id = $1 for update", holder)
        {
            Parameters = { new() { Value = deal.Value } },
        };
        await hold.ExecuteNonQueryAsync(Ct);
        return holder;
    }
}
