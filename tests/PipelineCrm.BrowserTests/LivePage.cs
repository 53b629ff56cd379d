using Microsoft.Playwright;

namespace PipelineCrm.BrowserTests;

/// <summary>A page whose circuit lives: what was drawn on the server before is gone, and with it whatever was found in it.</summary>
internal static class LivePage
{
    public static async Task Open(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await Live(page);
    }

    public static async Task OpenAgain(this IPage page)
    {
        await page.ReloadAsync();
        await Live(page);
    }

    private static Task Live(IPage page) => Assertions.Expect(page.Locator("main[data-prerendered]")).ToHaveCountAsync(0);
}
