using System.Text.RegularExpressions;
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

    /// <summary>Waits until the page has this address, ** for anything in it and * for anything without a slash. It looks again and again:
    /// whoever waits for the event of it misses one that comes between the first look and the waiting.</summary>
    public static Task IsAt(this IPage page, string address, float? patience = null)
    {
        var pattern = Regex.Escape(address)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        return Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{pattern}$"), new() { Timeout = patience });
    }

    private static Task Live(IPage page) => Assertions.Expect(page.Locator("main[data-prerendered]")).ToHaveCountAsync(0);
}
