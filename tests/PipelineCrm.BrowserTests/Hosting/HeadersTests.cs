using System.Net;
using System.Text;
using PipelineCrm.BrowserTests.Access;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Hosting;

/// <summary>What answers carry, and what requests are not even looked at.</summary>
public sealed class HeadersTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static readonly string[] Forms =
        ["/language", "/theme", "/sign-in", "/sign-out", "/setup", "/setup/demo", "/set-password", "/profile/password"];

    [Fact]
    public async Task Every_answer_has_one_policy_and_does_not_name_its_server()
    {
        using var client = await SignedIn();
        foreach (var path in new[] { "/", "/sign-in", "/profile", "/funnel.csv", "/generated/first.css", "/health/live", "/nowhere",
            "/api/v1/codes", "/openapi/v1.json" })
        {
            client.Headers["Accept"] = path == "/nowhere" ? "text/html" : "*/*";
            using var answer = await client.Get(path);
            Assert.True(answer.Headers.GetValues("Content-Security-Policy").Count() == 1, path);
            Assert.False(answer.Headers.Contains("Server"), path);
        }
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("same-origin", true)]
    [InlineData("same-site", false)]
    [InlineData("cross-site", false)]
    [InlineData(null, false)]
    public async Task A_page_is_compressed_unless_another_site_led_to_it(string? from, bool compressed)
    {
        using var client = await SignedIn();
        client.Headers["Accept-Encoding"] = "gzip";
        if (from is not null)
        {
            client.Headers["Sec-Fetch-Site"] = from;
        }

        using var answer = await client.Get("/profile");
        Assert.Equal(compressed ? ["gzip"] : [], answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task What_is_somebodys_own_is_kept_by_no_cache()
    {
        using var client = await SignedIn();
        using var rep = await ApiClient.New(app, Role.Rep);
        foreach (var path in new[] { "/funnel.csv", "/funnel/deals.csv?stage=awareness", "/profile", "/" })
        {
            using var answer = await client.Get(path);
            Assert.True(answer.Headers.CacheControl?.NoStore == true, path);
        }

        Assert.Contains("no-store", (await rep.Get("deals")).Is(HttpStatusCode.OK).Headers.GetValueOrDefault("Cache-Control", ""),
            StringComparison.Ordinal);
        Assert.Contains("no-store", (await rep.Get("deals/none")).Headers.GetValueOrDefault("Cache-Control", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_none_is_a_bad_request_everywhere()
    {
        using var client = await SignedIn();
        foreach (var path in Forms)
        {
            foreach (var (type, body) in new[]
            {
                ("multipart/form-data; boundary=x", "garbage"), ("multipart/form-data", "garbage"),
                ("multipart/form-data; boundary=x", "--x\r\nno header\r\n"),
                ("application/x-www-form-urlencoded",
                    new string('a', 3000) + "&" + string.Join('&', Enumerable.Range(0, 2000).Select(number => $"k{number}=1"))),
            })
            {
                using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
                content.Headers.TryAddWithoutValidation("Content-Type", type);
                using var answer = await client.Send(HttpMethod.Post, path, content);
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path} {type}: {answer.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.OK)]
    public async Task A_circuit_is_opened_for_this_servers_own_pages_only(string origin, HttpStatusCode expected)
    {
        using var client = await SignedIn();
        client.Headers["Origin"] = origin == "own" ? app.Address : origin;
        using var negotiated = await client.Send(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        Assert.Equal(expected, negotiated.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, await Connects(client.Cookie, client.Headers["Origin"]));
    }

    [Fact]
    public async Task A_socket_that_does_not_say_where_it_comes_from_is_not_opened()
    {
        using var client = await SignedIn();
        Assert.False(await Connects(client.Cookie, null));
        Assert.True(await Connects(client.Cookie, app.Address));
    }

    private async Task<bool> Connects(string cookie, string? origin)
    {
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new Uri(app.Address.Replace("http:", "ws:", StringComparison.Ordinal) + "/_blazor"),
                TestContext.Current.CancellationToken);
            return true;
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            return false;
        }
    }

    private async Task<PlainClient> SignedIn()
    {
        await Seed.SetUp(app.Services);
        var (_, email) = await Seed.User(app.Services, Role.Rep, null);
        var client = new PlainClient(app.Address);
        (await client.SignIn(email, Seed.Password)).Dispose();
        return client;
    }
}
