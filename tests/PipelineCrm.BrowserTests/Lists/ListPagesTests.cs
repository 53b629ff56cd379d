using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Lists;

/// <summary>The lists that one works in: columns, order, filters, views, the file, and changes of many.</summary>
public sealed class ListPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Columns_order_and_filters_stand_in_the_address_and_survive_a_reload()
    {
        var (page, _) = await List(4);
        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        await drawer.GetByLabel("Source", new() { Exact = true }).CheckAsync();
        await page.IsAt("**columns=**source**");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Move Source to the left" }).ClickAsync();
        await Assertions.Expect(Head(page).Nth(8)).ToHaveTextAsync("Source");
        await Axe.NoViolations(page);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(drawer).ToHaveCountAsync(0);

        await Head(page).GetByRole(AriaRole.Button, new() { Name = "Amount" }).ClickAsync();
        await page.IsAt("**sort=amount**");
        await Head(page).GetByRole(AriaRole.Button, new() { Name = "Title" }).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await page.IsAt("**sort=amount,title**");
        await Assertions.Expect(Names(page)).ToHaveTextAsync(["Deal 0", "Deal 1", "Deal 2", "Deal 3"]);
        await Head(page).GetByRole(AriaRole.Button, new() { Name = "Amount" }).PressAsync("Enter");
        await page.IsAt("**sort=-amount**");
        await Assertions.Expect(Names(page).First).ToHaveTextAsync("Deal 3");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a filter" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("[name=fact]").SelectOptionAsync("amount");
        await dialog.Locator("[name=value]").FillAsync("101");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await page.IsAt("**filter=**");
        await Assertions.Expect(Names(page)).ToHaveTextAsync(["Deal 3", "Deal 2"]);
        await Assertions.Expect(page.Locator("[data-figures='2']")).ToContainTextAsync("$500");

        await page.ReloadAsync();
        await Assertions.Expect(Names(page)).ToHaveTextAsync(["Deal 3", "Deal 2"]);
        await Assertions.Expect(Head(page).Nth(8)).ToHaveTextAsync("Source");
        await Assertions.Expect(page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Amount");
        await Axe.NoViolations(page);
        await page.Locator("[data-filter] .off").ClickAsync();
        await Assertions.Expect(Names(page)).ToHaveCountAsync(4);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task The_file_holds_exactly_what_the_list_shows()
    {
        var (page, _) = await List(3);
        await page.GotoAsync("/deals?columns=title,amount&sort=-amount&filter="
            + Uri.EscapeDataString("""{"all":[{"field":"amount","op":"gt","value":0}]}"""));
        await Assertions.Expect(Names(page)).ToHaveTextAsync(["Deal 2", "Deal 1"]);
        var file = await (await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" })
            .ClickAsync())).CreateReadStreamAsync();
        var lines = (await new StreamReader(file).ReadToEndAsync(Ct)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(["Title,Amount,Amount (currency)", "Deal 2,200,USD", "Deal 1,100,USD"], lines);
    }

    [Fact]
    public async Task Many_are_changed_by_keyboard_and_all_taken_back_at_once()
    {
        var (page, deals) = await List(55);
        await Assertions.Expect(Names(page)).ToHaveCountAsync(50);
        await page.GetByLabel("Select all that are shown").PressAsync(" ");
        var bar = page.Locator("[data-action-bar]");
        await Assertions.Expect(bar).ToContainTextAsync("50 selected");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Select all 55" }).PressAsync("Enter");
        await Assertions.Expect(bar).ToContainTextAsync("55 selected");
        await Axe.NoViolations(page);
        // Somebody else changes one of them meanwhile.
        await Ok(new UpdateDeal.Command(deals[7].Id, deals[7].Version, new MoveFields().And("source", "event")), deals[7].OwnerId);

        await bar.GetByRole(AriaRole.Button, new() { Name = "Change a field" }).PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("[name=fact]").SelectOptionAsync("source");
        await dialog.Locator("select[name=source]").SelectOptionAsync("partner");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change 55" }).PressAsync("Enter");
        await Assertions.Expect(dialog).ToContainTextAsync("54 changed");
        await Assertions.Expect(dialog).ToContainTextAsync("1 left alone");
        await Axe.NoViolations(page);
        Assert.Equal("partner", (await Ok(new GetDeal.Query(deals[3].Id), deals[3].OwnerId)).Source);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo all" }).PressAsync("Enter");
        await Assertions.Expect(dialog).ToContainTextAsync("54 taken back");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.PressAsync("Enter");
        await Assertions.Expect(bar).ToHaveCountAsync(0);
        Assert.Null((await Ok(new GetDeal.Query(deals[3].Id), deals[3].OwnerId)).Source);
        Assert.Equal("event", (await Ok(new GetDeal.Query(deals[7].Id), deals[7].OwnerId)).Source);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Assertions.Expect(Names(page)).ToHaveCountAsync(55);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_view_is_kept_shown_by_its_address_changed_and_deleted()
    {
        var (page, _) = await List(3);
        await Go(page, "/deals?sort=-amount&columns=title,amount");
        await page.Locator(".views summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a view" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name of the view").FillAsync("Large first");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.IsAt("**/deals?view=*");
        await Assertions.Expect(page.Locator(".views summary")).ToContainTextAsync("Large first");
        await page.ReloadAsync();
        await Assertions.Expect(Names(page)).ToHaveTextAsync(["Deal 2", "Deal 1", "Deal 0"]);
        await Assertions.Expect(Head(page)).ToHaveCountAsync(2 + 2);

        await page.GetByRole(AriaRole.Button, new() { Name = "Open only" }).ClickAsync();
        await Assertions.Expect(page.Locator(".views summary")).ToContainTextAsync("*");
        await page.Locator(".views summary").ClickAsync();
        await Axe.NoViolations(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save “Large first”" }).ClickAsync();
        await Assertions.Expect(page.Locator(".views summary")).Not.ToContainTextAsync("*");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Open only" })).ToHaveAttributeAsync("aria-pressed", "true");

        await page.Locator(".views summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the view" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete the view" }).ClickAsync();
        await Assertions.Expect(page.Locator(".views summary")).ToContainTextAsync("Views");
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("/deals", "en", 1440, false)]
    [InlineData("/deals", "zh-CN", 390, true)]
    [InlineData("/deals", "zh-CN", 1440, false)]
    [InlineData("/deals", "en", 390, true)]
    [InlineData("/customers", "en", 1440, true)]
    [InlineData("/customers", "zh-CN", 390, false)]
    public async Task Lists_are_sound_in_both_languages_and_themes_at_any_width(string path, string language, int width, bool dark)
    {
        await List(2);
        var page = await app.SignedInPage(Role.Admin, language: language, width: width, dark: dark);
        await page.GotoAsync(path);
        await page.Locator("tbody tr").First.WaitForAsync();
        await page.Locator("[data-figures]").WaitForAsync();
        await Axe.NoViolations(page);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "The page itself scrolls sideways.");
        await page.GotoAsync($"{path}?filter=nonsense");
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await Axe.NoViolations(page);
        await page.GotoAsync($"{path}?search=zzzzzzzz");
        await page.Locator(".empty").WaitForAsync();
        await Axe.NoViolations(page);
        Assert.Empty(app.Trouble);
    }

    /// <summary>The list of a new rep, with deals of their own and no others.</summary>
    private Task<(IPage Page, IReadOnlyList<DealView> Deals)> List(int count) => app.RepList(count, Ct);

    /// <summary>A menu that is opened before the page lives is closed when it does.</summary>
    private static async Task Go(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.Locator("main:not([data-prerendered])").WaitForAsync();
    }

    private static ILocator Head(IPage page) => page.Locator("thead th");

    private static ILocator Names(IPage page) => page.Locator("tbody .name");

    private Task<T> Ok<T>(IRequest<T> request, UserId by) => app.Ok(request, by, Ct);
}
