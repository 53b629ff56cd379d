using Microsoft.AspNetCore.Identity;
using Microsoft.Playwright;

namespace PipelineCrm.Benchmarks.Pages;

/// <summary>Headless Chromium, signed in as one rep of the generated data.</summary>
internal sealed class BoardBrowser : IAsyncDisposable
{
    private const string Email = "rep@benchmark.example";
    private const string Password = "a password for benchmarks only";
    private const float Patience = 60_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private string _session = "";

    private BoardBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<BoardBrowser> SignIn(BenchmarkHost site, Guid rep, string address)
    {
        await GivePassword(site, rep);
        var playwright = await Playwright.CreateAsync();
        var browser = new BoardBrowser(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumExecutable.Path,
            Args = Arguments,
        }));
        var page = await browser.NewPage(address);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("input[name=Email]", Email);
        await page.FillAsync("input[name=Password]", Password);
        await page.PressAsync("input[name=Password]", "Enter");
        await Live(page);
        browser._session = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return browser;
    }

    /// <summary>A page with a cache of its own, on which nothing is open yet.</summary>
    public async Task<IPage> NewPage(string address)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address,
            StorageState = _session.Length > 0 ? _session : null,
            ViewportSize = new() { Width = 1440, Height = 900 },
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Opens the board, or another page, and waits until it answers the pointer.</summary>
    public static async Task Open(IPage page, string path = "/")
    {
        await page.GotoAsync(path);
        await (path == "/" ? Live(page) : page.Locator("main:not([data-prerendered])").WaitForAsync());
    }

    public async Task<IPage> OpenBoard(string address)
    {
        var page = await NewPage(address);
        await Open(page);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static Task Live(IPage page) => page.Locator("[data-ready] [data-deal]").First.WaitForAsync();

    private static Task GivePassword(BenchmarkHost site, Guid rep)
    {
        var hash = new PasswordHasher<string>().HashPassword(Email, Password);
        return site.ExecuteAsAdmin($"""
            update users set user_name = '{Email}', normalized_user_name = upper('{Email}'), email = '{Email}', normalized_email = upper('{Email}'),
                email_confirmed = true, security_stamp = 'benchmark', password_hash = '{hash}'
            where id = '{rep}'
            """);
    }
}
