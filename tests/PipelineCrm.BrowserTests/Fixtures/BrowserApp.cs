using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Access;
using PipelineCrm.Domain;
using Cookie = Microsoft.Playwright.Cookie;

namespace PipelineCrm.BrowserTests.Fixtures;

/// <summary>
/// The whole application on a free port of loopback, with a database of its own and a browser before it:
/// <c>IClassFixture&lt;BrowserApp&gt;</c>. Script errors of any page fail the test that asks <see cref="Trouble"/>.
/// </summary>
public class BrowserApp(TestCluster cluster, Chromium chromium) : TestApp(cluster)
{
    private readonly ConcurrentQueue<string> _trouble = new();
    private readonly ConcurrentQueue<(string? Test, IBrowserContext Context)> _contexts = new();

    /// <summary>What the pages' scripts complained about so far.</summary>
    public IReadOnlyCollection<string> Trouble => _trouble;

    /// <summary>A page of a browser session of its own.</summary>
    public async Task<IPage> NewPage(string language = "en", int width = 1440, int height = 900, bool dark = false)
    {
        var test = TestContext.Current.Test?.UniqueID;
        await CloseContextsOfEarlierTests(test);
        var context = await chromium.NewContext(new()
        {
            BaseURL = Address,
            Locale = language,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = height },
        });
        _contexts.Enqueue((test, context));
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => _trouble.Enqueue($"{page.Url}: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _trouble.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        return page;
    }

    /// <summary>A page of a new user of that role, who has sent the sign-in form already; it has opened nothing yet.</summary>
    public async Task<IPage> SignedInPage(Role role, TeamId? team = null, string language = "en", int width = 1440, int height = 900,
        bool dark = false)
    {
        await Seed.SetUp(Services);
        var (_, email) = await Seed.User(Services, role, team, language);
        var page = await NewPage(language, width, height, dark);
        // The page itself is tested by its own tests; drawing it and the board after it took a third of all others' time.
        var browser = await page.EvaluateAsync<string>("navigator.userAgent");
        using var client = new PlainClient(Address) { Headers = { ["User-Agent"] = browser } };
        using var answer = await client.SignIn(email, Seed.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await page.Context.AddCookiesAsync(client.Cookie.Split("; ").Select(cookie => cookie.Split('=', 2))
            .Select(cookie => new Cookie { Url = Address, Name = cookie[0], Value = cookie[1], HttpOnly = true }));
        return page;
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var (_, context) in _contexts)
        {
            await context.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    // A page that nobody looks at any more would follow, and draw, whatever the tests after it do.
    private async Task CloseContextsOfEarlierTests(string? test)
    {
        while (_contexts.TryPeek(out var oldest) && oldest.Test != test && _contexts.TryDequeue(out var earlier))
        {
            await earlier.Context.DisposeAsync();
        }
    }
}
