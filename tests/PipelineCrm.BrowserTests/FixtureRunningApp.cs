using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.BrowserTests;

/// <summary>
/// The whole application on a free port of loopback, with a database of its own and a browser before it:
/// <c>IClassFixture&lt;RunningApp&gt;</c>. Script errors of any page fail the test that asks <see cref="Trouble"/>.
/// </summary>
public class RunningApp(TestCluster cluster, Chromium chromium) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _trouble = new();
    private readonly ConcurrentQueue<IBrowserContext> _contexts = new();
    private WebApplication? _app;

    public CrmConnections Connections { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public Door Door => Services.GetRequiredService<Door>();

    /// <summary>Where browsers and programs reach it.</summary>
    public virtual string Address => _app!.Urls.First();

    /// <summary>What the pages' scripts complained about so far.</summary>
    public IReadOnlyCollection<string> Trouble => _trouble;

    public virtual async ValueTask InitializeAsync()
    {
        Connections = await ConnectAsync();
        var builder = CommandLine.NewBuilder("Test");
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Warning";
        builder.Configuration["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Warning";
        Configure(builder);
        _app = Program.Build(builder, DatabaseInUse.Given(Connections));
        _app.Urls.Add("http://127.0.0.1:0");
        await _app.StartAsync();
    }

    protected virtual Task<CrmConnections> ConnectAsync() => cluster.NewDatabaseAsync();

    /// <summary>Settings that a test needs otherwise than everybody.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    /// <summary>A page of a browser session of its own.</summary>
    public async Task<IPage> NewPageAsync(string language = "en", int width = 1440, int height = 900, bool dark = false)
    {
        var context = await chromium.NewContextAsync(new()
        {
            BaseURL = Address,
            Locale = language,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = height },
        });
        _contexts.Enqueue(context);
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

    /// <summary>A new user of that role, signed in through the sign-in page.</summary>
    public async Task<IPage> SignedInPageAsync(Role role, TeamId? team = null, string language = "en", int width = 1440, int height = 900, bool dark = false)
    {
        await Seed.SetUpAsync(Services);
        var (_, email) = await Seed.UserAsync(Services, role, team, language);
        var page = await NewPageAsync(language, width, height, dark);
        await page.OpenAsync("/sign-in");
        await page.FillAsync("input[name=Email]", email);
        await page.FillAsync("input[name=Password]", Seed.Password);
        await page.PressAsync("input[name=Password]", "Enter");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return page;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
