using System.Net;
using System.Text.RegularExpressions;
using PipelineCrm.Access;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Access;

/// <summary>Signing in and out without any script.</summary>
public sealed partial class SignInTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_password_lets_in_and_leads_only_to_this_server()
    {
        var (_, email) = await User();
        using var client = new PlainClient(app.Address);
        using var inside = await client.SignIn(email.ToUpperInvariant(), Seed.Password, "/profile");
        Assert.Equal((HttpStatusCode.Redirect, "/profile"), (inside.StatusCode, inside.Headers.Location?.AbsolutePath));
        var cookie = Assert.Single(inside.Headers.GetValues("Set-Cookie"),
            value => value.StartsWith("pipelinecrm=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        foreach (var elsewhere in new[] { "https://evil.example/", "//evil.example", "/\\evil.example" })
        {
            using var led = await new PlainClient(app.Address).SignIn(email, Seed.Password, elsewhere);
            Assert.Equal(new Uri(app.Address), led.Headers.Location);
        }

        using var page = await client.Get("/profile");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var outside = await client.SendForm("/sign-out", "sign-out");
        Assert.Equal("/sign-in", outside.Headers.Location?.AbsolutePath);
        using var closed = await client.Get("/profile");
        Assert.Equal("/sign-in", closed.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_address_and_somebody_without_a_password_are_told_the_same()
    {
        var (_, email) = await User();
        using var client = new PlainClient(app.Address);
        var told = new HashSet<string> { await Mistake(client, email, "wrong wrong wrong"),
            await Mistake(client, "nobody@test.example", "wrong wrong wrong") };
        var invited = $"{Guid.NewGuid():N}@test.example";
        Assert.True((await app.Door.Send(new InviteUser.Command(invited, "Invited", Role.Rep), Caller.Console, Ct)).Ok);
        told.Add(await Mistake(client, invited, "wrong wrong wrong"));
        Assert.Single(told);
        Assert.NotEqual("", told.Single());
    }

    [Fact]
    public async Task Somebody_disabled_gets_neither_in_nor_on_with_an_old_cookie()
    {
        var (id, email) = await User();
        using var client = new PlainClient(app.Address);
        using var inside = await client.SignIn(email, Seed.Password);
        Assert.True((await app.Door.Send(new DisableUser.Command(id), Caller.Console, Ct)).Ok);
        using var again = await new PlainClient(app.Address).SignIn(email, Seed.Password);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(ProblemCode.Unauthenticated,
            (await app.Door.Send(new GetProfile.Query(), new Caller(id, Channel.Page), Ct)).Problem?.Code);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var (_, email) = await User();
        using var client = new HttpClient { BaseAddress = new(app.Address) };
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "sign-in"), KeyValuePair.Create("Email", email),
            KeyValuePair.Create("Password", Seed.Password)]);
        using var refused = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Every_answer_says_what_a_browser_may_load()
    {
        await Seed.SetUp(app.Services);
        using var client = new PlainClient(app.Address);
        using var page = await client.Get("/sign-in");
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"),
            value => value.Contains("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Matches("script-src 'self' 'nonce-[^']+';", policy);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task While_the_demo_is_off_nobody_signs_in_by_one_click()
    {
        await Seed.SetUp(app.Services);
        using var client = new PlainClient(app.Address);
        using var page = await client.Get("/sign-in");
        Assert.DoesNotContain("DemoRole", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private async Task<(UserId Id, string Email)> User()
    {
        await Seed.SetUp(app.Services);
        return await Seed.User(app.Services, Role.Rep, null);
    }

    private static async Task<string> Mistake(PlainClient client, string email, string password)
    {
        using var answer = await client.SignIn(email, password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Alert().Match(await answer.Content.ReadAsStringAsync(Ct)).Groups[1].Value;
    }

    [GeneratedRegex("role=\"alert\"[^>]*>([^<]*)")]
    private static partial Regex Alert();
}
