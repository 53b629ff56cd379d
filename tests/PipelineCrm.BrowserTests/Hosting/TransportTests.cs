using System.Net;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Access;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Hosting;

public sealed class TransportTests(ProxiedApp app) : IClassFixture<ProxiedApp>
{
    private const string Client = "203.0.113.7";
    private const float Patience = 30_000;

    [Fact]
    public async Task Over_https_every_cookie_is_this_hosts_alone_and_the_browser_remembers_https()
    {
        using var client = await Secure();
        using var inside = await client.SignIn((await Seed.User(app.Services, Role.Rep, null)).Email, Seed.Password, "/profile");
        Assert.Equal(HttpStatusCode.Redirect, inside.StatusCode);
        Assert.Equal(new Uri("https://crm.example/profile"), inside.Headers.Location);
        using var language =
            await client.Send(HttpMethod.Post, "/language", new FormUrlEncodedContent([KeyValuePair.Create("language", "zh-CN")]));
        using var form = await client.Get("/sign-out");
        var cookies = new[] { inside, language,
            form }.SelectMany(answer => answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).ToList();
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Superset(
            new HashSet<string> { "__Host-pipelinecrm", "__Host-known", "__Host-language" },
            cookies.Select(cookie => cookie.Split('=')[0]).ToHashSet());
        Assert.StartsWith("max-age=31536000", inside.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);

        // What they are called without https is not taken over https: a neighbouring host could have set it.
        using var tossed = await Secure();
        tossed.Headers["Cookie"] = client.Cookie.Replace("__Host-", "", StringComparison.Ordinal);
        using var refused = await tossed.Get("/profile");
        Assert.Equal("/sign-in", refused.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Over_plain_http_of_the_machine_itself_nothing_is_said_of_https()
    {
        await Seed.SetUp(app.Services);
        using var client = new PlainClient(app.Address, "127.0.0.2");
        using var inside = await client.SignIn((await Seed.User(app.Services, Role.Rep, null)).Email, Seed.Password);
        Assert.False(inside.Headers.Contains("Strict-Transport-Security"));
        Assert.All(inside.Headers.GetValues("Set-Cookie"),
            cookie => Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase));
        using var page = await client.Get("/profile");
        Assert.NotEqual(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Theory]
    [InlineData("crm.example", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task Only_the_names_of_the_list_are_answered(string host, HttpStatusCode expected)
    {
        using var client = new PlainClient(app.Address) { Headers = { ["Host"] = host } };
        using var answer = await client.Get("/health/live");
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Who_came_in_who_did_not_and_who_was_refused_is_logged_by_id_and_address_and_by_nothing_else()
    {
        var (id, email) = await Seed.User(app.Services, Role.Rep, null);
        using var client = await Secure();
        (await client.SignIn(email, "wrong wrong wrong")).Dispose();
        (await client.SignIn("nobody@test.example", "wrong wrong wrong")).Dispose();
        (await client.SignIn(email, Seed.Password)).Dispose();
        (await client.SendForm("/sign-out", "sign-out")).Dispose();
        using var rep = await ApiClient.New(app, Role.Rep);
        (await rep.Post("products", """{"name":"Mine"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        for (var attempt = 0; attempt < 6; attempt++)
        {
            (await client.SignIn("guessed@test.example", "wrong wrong wrong")).Dispose();
        }

        var log = app.Log;
        var lines = log.Where(line => line.StartsWith("Security: ", StringComparison.Ordinal)).ToList();
        Assert.Contains(lines, line => line == $"Security: sign-in failed for {id}, wrong password, from {Client}");
        Assert.Contains(lines, line => line == $"Security: sign-in failed for null, wrong password, from {Client}");
        Assert.Contains(lines, line => line == $"Security: signed in {id} by password from {Client}");
        Assert.Contains(lines, line => line == $"Security: sessions ended (signed out) of {id} from {Client}");
        Assert.Contains(lines, line => line == $"Security: SaveProduct refused to {rep.User} from 127.0.0.1");
        Assert.Contains(lines, line => line.StartsWith($"Security: slowed down sign-in from {Client}", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("@test.example", StringComparison.Ordinal)
            || line.Contains("wrong wrong", StringComparison.Ordinal) || line.Contains("pcrm_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_finds_all_places_taken_is_told_so_and_gets_in_by_itself_once_one_is_free()
    {
        var inside = new List<IPage>();
        for (var place = 0; place < 2; place++)
        {
            inside.Add(await app.SignedInPage(Role.Rep));
            await inside[^1].GotoAsync("/");
            // A plain request of another test may still hold a place: the page tries again by itself.
            await Expect(inside[^1].Locator("nav.rail").First).ToBeVisibleAsync(new() { Timeout = Patience });
        }

        var late = await app.SignedInPage(Role.Rep);
        await late.GotoAsync("/");
        await Expect(late.GetByRole(AriaRole.Heading, new() { Name = "Too many people are on" })).ToBeVisibleAsync();
        await Axe.NoViolations(late);
        var answer = await late.ReloadAsync();
        Assert.Equal(503, answer!.Status);
        await inside[0].CloseAsync(new() { RunBeforeUnload = true });
        await Expect(late.Locator("nav.rail").First).ToBeVisibleAsync(new() { Timeout = Patience });
        await inside[1].Locator("nav.rail").First.WaitForAsync();
    }

    private async Task<PlainClient> Secure()
    {
        await Seed.SetUp(app.Services);
        // The cookies are kept for the address that is really asked, which is not https: they are sent by hand.
        return new PlainClient(app.Address)
        {
            KeepsSecureCookies = true,
            Headers = { ["Host"] = ProxiedApp.Host, ["X-Forwarded-Proto"] = "https", ["X-Forwarded-For"] = Client },
        };
    }
}
