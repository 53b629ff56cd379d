using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace PipelineCrm.BrowserTests.Fixtures;

/// <summary>One browser for the whole run; every test gets contexts of its own from it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>How long a page may take to show what is expected: a cold start on a busy machine is no failure.</summary>
    private const float Patience = 20_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumExecutable.Path,
            Args = Arguments,
        });
    }

    public Task<IBrowserContext> NewContext(BrowserNewContextOptions options) => _browser!.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }
}
