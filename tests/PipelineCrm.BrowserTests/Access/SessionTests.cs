using System.Net;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Access;

/// <summary>A sign-in ends where it is ended: for copies of its cookie and for every page that was open.</summary>
public sealed class SessionTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static readonly string[] Guarded = ["/funnel.csv", "/funnel/deals.csv?stage=awareness", "/profile", "/profile/password", "/"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cookie_kept_from_before_the_sign_out_opens_nothing()
    {
        var email = await NewUser();
        using var client = new PlainClient(app.Address);
        (await client.SignIn(email, Seed.Password)).Dispose();
        using var thief = new PlainClient(app.Address) { Headers = { ["Cookie"] = client.Cookie } };
        await IsIn(thief);
        (await client.SendForm("/sign-out", "sign-out")).Dispose();
        await IsOut(thief);
    }

    [Fact]
    public async Task A_sign_in_in_the_same_browser_ends_the_one_before()
    {
        var (one, other) = (await NewUser(), await NewUser());
        using var client = new PlainClient(app.Address);
        (await client.SignIn(one, Seed.Password)).Dispose();
        using var thief = new PlainClient(app.Address) { Headers = { ["Cookie"] = client.Cookie } };
        await IsIn(thief);
        (await client.SignIn(other, Seed.Password)).Dispose();
        await IsIn(client);
        await IsOut(thief);
    }

    [Fact]
    public async Task A_change_of_password_ends_all_but_the_one_that_made_it()
    {
        var email = await NewUser();
        using var client = new PlainClient(app.Address);
        using var elsewhere = new PlainClient(app.Address);
        (await client.SignIn(email, Seed.Password)).Dispose();
        (await elsewhere.SignIn(email, Seed.Password)).Dispose();
        const string fresh = "green boats on seven lakes";
        using var changed =
            await client.SendForm("/profile/password", "password", ("Current", Seed.Password), ("New", fresh), ("Repeated", fresh));
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        await IsIn(client);
        await IsOut(elsewhere);
    }

    [Fact]
    public async Task A_tab_whose_user_signed_out_in_another_shows_it_at_once_and_writes_nothing_more()
    {
        var email = await NewUser();
        var manager = await NewUser(Role.Manager);
        var tab = await app.NewPage();
        await SignIn(tab, email);
        await tab.Open("/customers");
        await tab.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        await tab.GetByRole(AriaRole.Dialog).Locator("[data-watched]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await tab.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Written by nobody");

        var other = await tab.Context.NewPageAsync();
        await other.Open("/sign-out");
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await SignIn(other, manager);
        // Well below the ten seconds after which a page asks by itself.
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" })).ToBeVisibleAsync(new() { Timeout = 4_000 });
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        // The other's tab goes on as the manager, and the first does not become them.
        await other.Open("/profile");
        await Expect(other.Locator("main .muted").First).ToContainTextAsync(manager);
        await tab.EvaluateAsync("Blazor.disconnect()");
        await tab.EvaluateAsync("Blazor.reconnect()");
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_typed_when_another_tab_signed_out_is_there_for_its_author_and_for_nobody_else()
    {
        var email = await NewUser();
        var tab = await app.NewPage();
        await SignIn(tab, email);
        await tab.Open("/customers");
        await Type(tab, "Half a customer");
        var other = await tab.Context.NewPageAsync();
        await other.Open("/sign-out");
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await Fill(tab, email);
        await tab.IsAt("**/customers");
        await tab.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog).GetByLabel("Name")).ToHaveValueAsync("Half a customer");

        await other.Open("/sign-out");
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await Fill(tab, await NewUser());
        await tab.IsAt("**/customers");
        await tab.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog).GetByLabel("Name")).ToHaveValueAsync("");
        Assert.DoesNotContain("Half a customer", await tab.EvaluateAsync<string>("JSON.stringify({ ...sessionStorage })"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_ins_are_listed_on_the_profile_and_ended_there()
    {
        var email = await NewUser();
        var page = await app.NewPage();
        await SignIn(page, email);
        using var elsewhere = new PlainClient(
            app.Address)
        { Headers = { ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0" } };
        (await elsewhere.SignIn(email, Seed.Password)).Dispose();
        await IsIn(elsewhere);
        await page.Open("/profile");
        await Expect(page.Locator("tbody tr", new() { HasText = "This device" })).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "End the sign-in of Firefox on Linux" }).ClickAsync();
        await Expect(page.GetByText("Firefox on Linux")).ToHaveCountAsync(0);
        await IsOut(elsewhere);
        await Expect(page.Locator("#my-name")).ToBeVisibleAsync();
        await Axe.NoViolations(page);
    }

    [Fact]
    public async Task A_second_factor_is_switched_on_in_the_profile_and_asked_for_at_sign_in()
    {
        var email = await NewUser();
        var page = await app.NewPage();
        await SignIn(page, email);
        await page.Open("/profile");
        await page.Locator("#second-factor").GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        var key = (await page.Locator("#factor-key").TextContentAsync())!;
        await page.FillAsync("#factor-code", Totp.Code(key));
        await Axe.NoViolations(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        var recovery = await page.Locator("#recovery-codes li").First.TextContentAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await Expect(page.Locator("#second-factor")).ToContainTextAsync("10 recovery codes are left");

        using var client = new PlainClient(app.Address);
        using var asked = await client.SignIn(email, Seed.Password, "/profile");
        Assert.Equal("/sign-in/code", asked.Headers.Location?.AbsolutePath);
        await IsOut(client);
        using var wrong = await client.SendForm("/sign-in/code?returnUrl=/profile", "code", ("Code", "000000"));
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        await IsOut(client);
        using var right = await client.SendForm("/sign-in/code?returnUrl=/profile", "code", ("Code", recovery!));
        Assert.Equal("/profile", right.Headers.Location?.AbsolutePath);
        await IsIn(client);
    }

    private static async Task Type(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Locator("[data-watched]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync(name);
    }

    private static async Task SignIn(IPage page, string email)
    {
        await page.Open("/sign-in");
        await Fill(page, email);
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal),
            new() { WaitUntil = WaitUntilState.DOMContentLoaded });
    }

    private static async Task Fill(IPage page, string email)
    {
        await page.FillAsync("input[name=Email]", email);
        await page.FillAsync("input[name=Password]", Seed.Password);
        await page.PressAsync("input[name=Password]", "Enter");
    }

    private async Task<string> NewUser(Role role = Role.Rep)
    {
        await Seed.SetUp(app.Services);
        return (await Seed.User(app.Services, role, null)).Email;
    }

    private static async Task IsIn(PlainClient client)
    {
        foreach (var path in Guarded)
        {
            using var answer = await client.Get(path);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        }

        using var circuit = await client.Send(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        Assert.Equal(HttpStatusCode.OK, circuit.StatusCode);
    }

    private static async Task IsOut(PlainClient client)
    {
        foreach (var path in Guarded)
        {
            using var answer = await client.Get(path);
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.AbsolutePath == "/sign-in",
                $"{path}: {answer.StatusCode}");
            Assert.DoesNotContain("awareness", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        using var circuit = await client.Send(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        Assert.Equal(HttpStatusCode.Unauthorized, circuit.StatusCode);
    }
}
