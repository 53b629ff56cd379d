using System.Net;
using Microsoft.Playwright;
using Npgsql;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Access;

/// <summary>Passkeys in a browser whose authenticator is made of software.</summary>
public sealed class PasskeyTests(LocalhostApp app) : IClassFixture<LocalhostApp>
{
    private static readonly Dictionary<string, object> Authenticator = new()
    {
        ["options"] = new Dictionary<string, object>
        {
            ["protocol"] = "ctap2",
            ["transport"] = "internal",
            ["hasResidentKey"] = true,
            ["hasUserVerification"] = true,
            ["isUserVerified"] = true,
            ["automaticPresenceSimulation"] = true,
        },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "Add a passkey", "Sign in with a passkey")]
    [InlineData("zh-CN", "添加通行密钥", "使用通行密钥登录")]
    public async Task A_passkey_is_added_and_signs_in_without_a_password_until_it_is_removed(string language, string add, string enter)
    {
        var page = await app.SignedInPage(Role.Rep, language: language);
        await WithAuthenticator(page);
        await page.Open("/profile");
        var panel = page.Locator("#passkeys");
        await panel.GetByRole(AriaRole.Button, new() { Name = add }).ClickAsync();
        // It has to have a name.
        await Expect(panel.Locator("#passkey-name")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.FillAsync("#passkey-name", "Laptop");
        await page.PressAsync("#passkey-name", "Enter");
        var row = panel.Locator("tbody tr");
        await Expect(row).ToContainTextAsync("Laptop");
        await Axe.NoViolations(page);

        await SignOut(page);
        await page.GotoAsync("/sign-in?returnUrl=%2Fcustomers");
        await Axe.NoViolations(page);
        await page.GetByRole(AriaRole.Button, new() { Name = enter }).PressAsync("Enter");
        await page.IsAt("**/customers");

        await page.Open("/profile");
        await Expect(row).Not.ToContainTextAsync(language == "en" ? "Never" : "从未");
        await row.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.FillAsync("#passkey-renamed", "Old laptop");
        await Axe.NoViolations(page);
        await page.PressAsync("#passkey-renamed", "Enter");
        await Expect(row).ToContainTextAsync("Old laptop");
        await row.GetByRole(AriaRole.Button).Last.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Locator(".btn.danger").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);

        await SignOut(page);
        await page.GotoAsync("/sign-in?returnUrl=https%3A%2F%2Fevil.example");
        await page.GetByRole(AriaRole.Button, new() { Name = enter }).ClickAsync();
        await Expect(page.Locator("[data-challenge] [role=alert]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-challenge] [role=alert]")).Not.ToBeEmptyAsync();
        Assert.EndsWith("/sign-in?returnUrl=https%3A%2F%2Fevil.example", page.Url, StringComparison.Ordinal);
        await page.GotoAsync("/profile");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_browser_without_an_authenticator_says_that_nothing_came_of_it()
    {
        var page = await app.SignedInPage(Role.Rep);
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await page.Open("/sign-in");
        await page.EvaluateAsync(
            "() => { navigator.credentials.get = async () => { throw new DOMException('', 'NotAllowedError'); }; }");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page.Locator("[data-challenge] [role=alert]")).ToContainTextAsync("you cancelled it");

        await page.Open("/profile");
        await page.EvaluateAsync(
            "() => { navigator.credentials.create = async () => { throw new DOMException('', 'InvalidStateError'); }; }");
        await page.FillAsync("#passkey-name", "Laptop");
        await page.PressAsync("#passkey-name", "Enter");
        await Expect(page.Locator("#passkeys [role=alert]")).ToContainTextAsync("a passkey of yours already");
    }

    [Fact]
    public async Task Who_signed_in_a_while_ago_is_asked_for_their_password()
    {
        var page = await app.SignedInPage(Role.Rep);
        await using var connection = new NpgsqlConnection(app.Connections.Owner);
        await connection.OpenAsync(Ct);
        await using var old = new NpgsqlCommand("update sessions set created_at = now() - interval '11 minutes'", connection);
        await old.ExecuteNonQueryAsync(Ct);
        await WithAuthenticator(page);
        await page.Open("/profile");
        await page.FillAsync("#passkey-name", "Laptop");
        await page.FillAsync("#passkey-password", "wrong wrong wrong");
        await page.PressAsync("#passkey-password", "Enter");
        await Expect(page.Locator("#passkey-password")).ToHaveAttributeAsync("aria-invalid", "true");
        await Axe.NoViolations(page);
        await page.FillAsync("#passkey-password", Seed.Password);
        await page.PressAsync("#passkey-password", "Enter");
        await Expect(page.Locator("#passkeys tbody tr")).ToContainTextAsync("Laptop");
    }

    [Fact]
    public async Task Where_a_browser_cannot_the_sign_in_offers_none_and_the_profile_says_so()
    {
        var page = await app.SignedInPage(Role.Rep);
        var numbers = app.Address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        await page.Context.AddInitScriptAsync("delete globalThis.PublicKeyCredential");
        await page.Open("/profile");
        await Expect(page.Locator("#passkeys-not-here")).ToBeVisibleAsync();
        await Expect(page.Locator("#passkey-name")).ToHaveCountAsync(0);

        var other = await app.NewPage();
        await other.GotoAsync($"{numbers}/sign-in");
        await Expect(other.Locator("input[name=Password]")).ToBeVisibleAsync();
        await Expect(other.Locator("[data-challenge]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_challenge_needs_the_forms_token_and_is_nobodys()
    {
        await Seed.SetUp(app.Services);
        using var client = new PlainClient(app.Address);
        using var refused = await client.Send(HttpMethod.Post, "/sign-in/passkey");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var failed = await client.SendForm("/sign-in", "passkey", ("Credential", "guess"));
        Assert.Equal(HttpStatusCode.OK, failed.StatusCode);
        Assert.Contains("This passkey did not let you in", await failed.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static async Task WithAuthenticator(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", Authenticator);
    }

    private static async Task SignOut(IPage page)
    {
        await page.GotoAsync("/sign-out");
        await page.Locator("[data-ends-session] .btn.primary").ClickAsync();
        await page.IsAt("**/sign-in");
    }
}
