using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Lists;

public sealed class BackLinkTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task The_way_back_leads_to_the_list_as_it_was_also_from_a_customer_of_one_of_its_deals()
    {
        var (page, _) = await app.RepList(3, TestContext.Current.CancellationToken);
        await page.Open("/deals?sort=-amount");
        await page.GetByRole(AriaRole.Link, new() { Name = "Deal 2", Exact = true }).ClickAsync();
        await page.IsAt("**/deals/*");
        await Expect(Back(page)).ToHaveTextAsync("Deals");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Greywether Works" }).First.ClickAsync();
        await page.IsAt("**/customers/*");
        await Expect(Back(page)).ToHaveTextAsync("Deals");
        await Back(page).ClickAsync();
        await page.IsAt("**/deals?sort=-amount");
        await Expect(page.Names()).ToHaveTextAsync(["Deal 2", "Deal 1", "Deal 0"]);
    }

    [Fact]
    public async Task A_deal_that_was_opened_by_itself_leads_to_the_board()
    {
        var (page, deals) = await app.RepList(1, TestContext.Current.CancellationToken);
        await page.Open($"/deals/{deals[0].Id}");
        await Expect(Back(page)).ToHaveTextAsync("Board");
        Assert.EndsWith("/", await Back(page).GetAttributeAsync("href"), StringComparison.Ordinal);
    }

    private static ILocator Back(IPage page) => page.GetByRole(AriaRole.Banner).Locator("a.btn.quiet");
}
