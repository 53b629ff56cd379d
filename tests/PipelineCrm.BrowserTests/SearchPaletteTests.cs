using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests;

/// <summary>Ctrl+K finds deals, customers and pages by the keyboard alone, and only what one may see.</summary>
public sealed class SearchPaletteTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory]
    [InlineData("en", 1440, false)]
    [InlineData("zh-CN", 390, true)]
    public async Task A_deal_is_found_by_a_mistyped_word_and_opened_by_the_keyboard(string language, int width, bool dark)
    {
        var board = await BoardPage.Open(app, title: $"Harbour crane overhaul {language}", language: language);
        var page = await app.SignedInPage(Role.Admin, null, language, width, dark: dark);
        await page.Open("/profile");
        await page.Keyboard.PressAsync("Control+k");
        var box = page.Locator("#palette");
        await Expect(box).ToBeFocusedAsync();
        await box.PressSequentiallyAsync($"habour crane overhaul {language}");
        await Expect(page.Locator("[data-hit=deal]").First).ToContainTextAsync($"Harbour crane overhaul {language}");
        await Axe.NoViolations(page);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("[data-hit][aria-selected=true]")).ToContainTextAsync($"Harbour crane overhaul {language}");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"/deals/{board.Deal.Id}$"));
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_colleagues_deal_is_not_found_and_pages_are_those_of_the_role()
    {
        await BoardPage.Open(app, title: "Quiet quarry lift");
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/profile");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.Locator("[data-hit=page]").Filter(new() { HasText = "Funnel" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-hit=page]").Filter(new() { HasText = "Users" })).ToHaveCountAsync(0);
        await page.Locator("#palette").PressSequentiallyAsync("quiet quarry");
        await Expect(page.GetByText("Nothing found")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#palette")).ToHaveCountAsync(0);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task Enter_takes_the_first_line_of_what_was_typed()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/profile");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#palette")).ToBeFocusedAsync();
        await page.Locator("#palette").PressSequentiallyAsync("funn");
        await Expect(page.Locator("#palette-list[data-for=funn]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/funnel$"));
        Assert.Empty(app.Trouble);
    }
}
