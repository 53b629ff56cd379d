using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Access;

/// <summary>The first page of a new installation.</summary>
public sealed class SetUpPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    /// <summary>Eighteen months of work are written meanwhile.</summary>
    private const float LongEnough = 600_000;

    [Fact]
    public async Task One_click_loads_the_demo_and_another_signs_in_as_its_rep()
    {
        var page = await app.NewPage();
        await page.Open("/");
        await Expect(page).ToHaveURLAsync(new Regex("/setup$"));
        await Axe.NoViolations(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Load the demo" }).ClickAsync();
        await Expect(page.Locator("progress")).ToBeVisibleAsync();
        await page.IsAt("**/sign-in", LongEnough);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sales rep" }).ClickAsync();
        await Expect(page.Locator("[data-board] [data-deal]").First).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }
}
