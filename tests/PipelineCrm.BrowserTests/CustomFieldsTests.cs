using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests;

/// <summary>An admin adds a field; forms, the deal page and its history have it without anything else being done.</summary>
public sealed class CustomFieldsTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task A_field_that_an_admin_adds_is_filled_in_on_the_deal_page_and_told_in_its_history()
    {
        var board = await BoardPage.Open(app);
        var page = await app.SignedInPage(Role.Admin);
        await page.Open("/settings/fields");
        await Expect(page.GetByText("No fields of your own yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New field" }).First.ClickAsync();
        await page.GetByLabel("Name in English").FillAsync("Berth");
        await page.GetByLabel("Name in Chinese").FillAsync("泊位");
        await page.GetByLabel("Key").FillAsync("Berth 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("[role=dialog] .mistake")).ToBeVisibleAsync();
        await page.GetByLabel("Key").FillAsync("berth");
        await Axe.NoViolations(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("[data-custom-field=berth]")).ToContainTextAsync("In use");
        await Axe.NoViolations(page);

        await page.Open($"/deals/{board.Deal.Id}");
        await page.Locator("[data-field='custom.berth']").ClickAsync();
        await page.Locator("form.editor input").FillAsync("Pier 7");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-field='custom.berth']")).ToContainTextAsync("Pier 7");
        await page.Open($"/deals/{board.Deal.Id}/history");
        await Expect(page.Locator("main")).ToContainTextAsync("Berth");

        await page.Open("/settings/fields");
        await page.Locator("[data-custom-field=berth] button").ClickAsync();
        await page.GetByLabel("In use: forms ask for it").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("[data-custom-field=berth]")).ToContainTextAsync("Retired");
        await page.Open($"/deals/{board.Deal.Id}");
        await Expect(page.Locator("main")).ToContainTextAsync("Pier 7");
        await Expect(page.Locator("button[data-field='custom.berth']")).ToHaveCountAsync(0);
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData(Role.Rep)]
    [InlineData(Role.Manager)]
    public async Task Whoever_is_no_admin_is_told_so(Role role)
    {
        var page = await app.SignedInPage(role);
        await page.Open("/settings/fields");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "New field" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }
}
