using Microsoft.Playwright;

namespace PipelineCrm.BrowserTests;

/// <summary>A page whose circuit lives: what was drawn on the server before is gone, and with it whatever was found in it.</summary>
internal static class LivePage
{
    public static async Task OpenAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await LiveAsync(page);
    }

    public static async Task OpenAgainAsync(this IPage page)
    {
        await page.ReloadAsync();
        await LiveAsync(page);
    }

    private static Task LiveAsync(IPage page) => Assertions.Expect(page.Locator("main[data-prerendered]")).ToHaveCountAsync(0);
}
