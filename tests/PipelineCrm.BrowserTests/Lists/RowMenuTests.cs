using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Products;

namespace PipelineCrm.BrowserTests.Lists;

/// <summary>What may be done with a row stands in its menu, on every page of rows alike.</summary>
public sealed class RowMenuTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_menu_is_worked_by_keyboard_and_gives_the_focus_back()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (rep, _) = await Seed.User(app.Services, Role.Rep, null);
        await page.Open("/users");
        var menu = page.Locator($"tr[data-id='{rep}'] summary");
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-haspopup", "menu");
        await menu.PressAsync("Enter");
        var items = page.GetByRole(AriaRole.Menuitem);
        await Assertions.Expect(items).ToHaveTextAsync(["Edit", "Reset link", "Disable"]);
        await Assertions.Expect(items.First).ToBeFocusedAsync();
        await Axe.NoViolations(page);
        foreach (var (key, at) in new[] { ("ArrowDown", 1), ("ArrowDown", 2), ("ArrowDown", 0), ("ArrowUp", 2), ("Home", 0), ("End", 2) })
        {
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(items.Nth(at)).ToBeFocusedAsync();
        }

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(items).ToHaveCountAsync(0);
        await Assertions.Expect(menu).ToBeFocusedAsync();
        await menu.PressAsync("ArrowUp");
        await Assertions.Expect(items.Last).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(items).ToHaveCountAsync(0);

        await menu.PressAsync("ArrowDown");
        await Assertions.Expect(items.First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#user-name")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(menu).ToBeFocusedAsync();
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_row_that_goes_gives_the_focus_to_the_next()
    {
        var (page, deals) = await app.RepList(3, Ct);
        var rows = page.Locator("tbody tr");
        await Choose(rows.Filter(new() { HasText = "Deal 1" }), "Archive…");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Archive 1" }).PressAsync("Enter");
        await Assertions.Expect(dialog).ToContainTextAsync("1 changed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.PressAsync("Enter");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator($"tr[data-id='{deals[0].Id}'] summary")).ToBeFocusedAsync();
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task No_title_is_cut_on_a_phone()
    {
        var page = await app.SignedInPage(Role.Admin, width: 390);
        foreach (var path in new[] { "/deals", "/customers", "/products", "/users", "/teams", "/settings", "/settings/fields", "/rules", "/funnel" })
        {
            await page.Open(path);
            var cut = await page.Locator("h1").EvaluateAsync<bool>("title => title.scrollWidth > title.clientWidth || title.clientWidth < 40");
            Assert.False(cut, path);
        }
    }

    [Fact]
    public async Task Somebody_is_disabled_and_enabled_again_by_their_menu()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (rep, _) = await Seed.User(app.Services, Role.Rep, null);
        await page.Open("/users");
        var row = page.Locator($"tr[data-id='{rep}']");
        await Choose(row, "Disable");
        await page.GetByRole(AriaRole.Dialog).Locator(".btn.danger").ClickAsync();
        await Assertions.Expect(row.Locator(".badge")).ToHaveTextAsync("Disabled");
        await row.Locator("summary").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem)).ToHaveTextAsync(["Edit", "Enable"]);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Enable" }).ClickAsync();
        await Assertions.Expect(row.Locator(".badge")).ToHaveTextAsync("Active");
        await Assertions.Expect(row.Locator("summary")).ToBeFocusedAsync();
        await Choose(row, "Reset link");
        await Assertions.Expect(page.Locator("#secret")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^http"));
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("en", 1440, "Members", "Sell no longer", "Sell again")]
    [InlineData("zh-CN", 390, "成员", "停售", "恢复销售")]
    public async Task A_team_leads_to_its_members_and_a_product_is_retired_and_sold_again(string language, int width, string members,
        string retire, string sell)
    {
        var page = await app.SignedInPage(Role.Admin, language: language, width: width, dark: width == 390);
        var team = await Seed.Team(app.Services, null);
        var (rep, _) = await Seed.User(app.Services, Role.Rep, team);
        await page.Open("/teams");
        await Choose(page.Locator($"tr[data-id='{team}']"), members);
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator($"tr[data-id='{rep}']")).ToBeVisibleAsync();

        var product = (await app.Door.Send(new SaveProduct.Command(null, 0, $"Meter {Guid.NewGuid():N}", 12m, "USD"), Caller.Console, Ct))
            .Value!;
        await page.Open($"/products?search={product.Name}");
        var row = page.Locator($"tr[data-id='{product.Id}']");
        await row.Locator("summary").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(2);
        await Axe.NoViolations(page);
        Assert.True(await page.GetByRole(AriaRole.Menu).EvaluateAsync<bool>("""
            menu => { const box = menu.getBoundingClientRect();
              return box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && menu.contains(
                document.elementFromPoint(box.left + box.width / 2, box.bottom - 8)); }
            """), "The menu is cut off.");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = retire }).ClickAsync();
        await Assertions.Expect(row.Locator(".badge.ok")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".toasts")).ToContainTextAsync(product.Name);
        await page.Locator(".toasts [data-undo]").ClickAsync();
        await Assertions.Expect(row.Locator(".badge.ok")).ToHaveCountAsync(1);
        await Choose(row, retire);
        await Choose(row, sell);
        await Assertions.Expect(row.Locator(".badge.ok")).ToHaveCountAsync(1);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_deal_is_changed_and_archived_by_its_menu_and_what_is_selected_stays_so()
    {
        var (page, deals) = await app.RepList(3, Ct);
        await page.GetByLabel("Select Deal 0").CheckAsync();
        var row = page.Locator($"tr[data-id='{deals[2].Id}']");
        await Choose(row, "Change a field…");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("[name=fact]").SelectOptionAsync("source");
        await dialog.Locator("select[name=source]").SelectOptionAsync("partner");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change 1" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("1 changed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await Assertions.Expect(page.Locator(".toasts")).ToContainTextAsync("1 deal changed");
        await Assertions.Expect(page.Locator("[data-action-bar]")).ToContainTextAsync("1 selected");
        await Choose(row, "Archive…");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Archive 1" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("1 changed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await Assertions.Expect(page.Names()).ToHaveTextAsync(["Deal 1", "Deal 0"]);
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.Names()).ToHaveTextAsync(["Deal 2", "Deal 1", "Deal 0"]);
        Assert.Equal("partner", (await app.Ok(new GetDeal.Query(deals[2].Id), deals[2].OwnerId, Ct)).Source);
        await Assertions.Expect(page.Locator("[data-action-bar]")).ToContainTextAsync("1 selected");

        var viewer = await app.SignedInPage(Role.Viewer);
        await viewer.Open("/deals");
        await viewer.Locator("main table, main .empty").First.WaitForAsync();
        await Assertions.Expect(viewer.Locator("main details[data-floats]")).ToHaveCountAsync(0);
        Assert.Empty(app.Trouble);
    }

    private static async Task Choose(ILocator row, string item)
    {
        await row.Locator("summary").ClickAsync();
        await row.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();
    }
}
