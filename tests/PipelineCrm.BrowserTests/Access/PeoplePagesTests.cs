using Microsoft.Playwright;
using PipelineCrm.Access;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Access;

public sealed class PeoplePagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string Password = "green boats on seven lakes";

    [Theory]
    [InlineData("en", false)]
    [InlineData("zh-CN", true)]
    public async Task The_pages_about_people_have_no_accessibility_faults(string language, bool dark)
    {
        var page = await app.SignedInPage(Role.Admin, language: language, dark: dark);
        foreach (var (path, ready) in new[] { ("/users", "table"), ("/teams", "main .empty, main table"), ("/settings", "#org-name"),
            ("/profile", "#my-name"), ("/profile/password", "h1"), ("/sign-out", "h1") })
        {
            await page.Open(path);
            await page.Locator(ready).First.WaitForAsync();
            Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
            await Axe.NoViolations(page);
        }

        var outside = await app.NewPage(language, dark: dark);
        await outside.Open("/sign-in");
        await Axe.NoViolations(outside);
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("/users", ".note")]
    [InlineData("/settings", ".note")]
    [InlineData("/teams", "main table, main .empty, .note")]
    public async Task Who_may_not_change_a_page_is_offered_nothing_to_do_there(string path, string ready)
    {
        var page = await app.SignedInPage(Role.Viewer);
        await page.Open(path);
        await page.Locator(ready).First.WaitForAsync();
        Assert.Equal(0, await page.Locator("main").GetByRole(AriaRole.Button).CountAsync());
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task People_are_found_by_name_and_by_their_team(string language)
    {
        var page = await app.SignedInPage(Role.Admin, language: language);
        var team = await Seed.Team(app.Services, null);
        var (manager, _) = await Seed.User(app.Services, Role.Manager, team);
        var (rep, _) = await Seed.User(app.Services, Role.Rep, team);
        await Seed.User(app.Services, Role.Rep, null);
        await page.Open("/teams");
        var row = page.Locator($"tr[data-id='{team}']");
        await row.Locator("td.num").GetByRole(AriaRole.Link).ClickAsync();
        var people = page.Locator("main tbody tr");
        await Assertions.Expect(people).ToHaveCountAsync(2);
        var name = await page.Locator($"tr[data-id='{rep}'] .strong").InnerTextAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync($" {name.ToUpperInvariant()} ");
        await Assertions.Expect(people).ToHaveCountAsync(1);
        await Assertions.Expect(people).ToHaveAttributeAsync("data-id", rep.ToString());
        await page.GetByRole(AriaRole.Searchbox).FillAsync("nobody of this name");
        await Assertions.Expect(page.Locator("main .empty")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await page.Locator("a.chip.on").ClickAsync();
        await Assertions.Expect(page.Locator($"tr[data-id='{manager}']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("a.chip.on")).ToHaveCountAsync(0);
        Assert.True(await people.CountAsync() > 2);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task The_theme_is_one_state_on_the_profile_and_in_the_top_bar()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/profile");
        var pressed = page.Locator("[data-set-theme][aria-pressed=true]");
        await Assertions.Expect(pressed).ToHaveAttributeAsync("data-set-theme", "auto");
        await page.Locator("[data-theme-switch]").ClickAsync();
        await Assertions.Expect(pressed).ToHaveAttributeAsync("data-set-theme", "dark");
        await page.Locator("theme-choice [data-set-theme=light]").ClickAsync();
        await Assertions.Expect(pressed).ToHaveAttributeAsync("data-set-theme", "light");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await page.Locator("[data-theme-switch]").ClickAsync();
        await Assertions.Expect(pressed).ToHaveAttributeAsync("data-set-theme", "dark");
        await Axe.NoViolations(page);
        await page.OpenAgain();
        await Assertions.Expect(pressed).ToHaveAttributeAsync("data-set-theme", "dark");
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("en", "1 person belongs to it", "1 team stands below it")]
    [InlineData("zh-CN", "该团队有 1 名成员", "该团队有 1 个下级团队")]
    public async Task A_team_that_somebody_belongs_to_says_why_it_stays(string language, string people, string teams)
    {
        var page = await app.SignedInPage(Role.Admin, language: language);
        var team = await Seed.Team(app.Services, null);
        await Seed.Team(app.Services, team);
        await Seed.User(app.Services, Role.Rep, team);
        await page.Open("/teams");
        await ChooseDelete(page, await NameOf(team));
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync(people);
        await Assertions.Expect(dialog).ToContainTextAsync(teams);
        await Assertions.Expect(dialog.Locator(".btn.danger")).ToHaveCountAsync(0);
        await Axe.NoViolations(page);
        await dialog.Locator("footer button").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        Assert.NotEmpty(await NameOf(team));
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task An_empty_team_is_deleted_after_a_question_and_one_filled_meanwhile_is_refused()
    {
        var page = await app.SignedInPage(Role.Admin);
        var team = await Seed.Team(app.Services, null);
        var name = await NameOf(team);
        await page.Open("/teams");
        await ChooseDelete(page, name);
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync($"Delete team {name}?");
        await Axe.NoViolations(page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        Assert.Equal(name, await NameOf(team));

        await ChooseDelete(page, name);
        var below = await Seed.Team(app.Services, team);
        await dialog.Locator(".btn.danger").ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("still has members or teams below it");
        var caller = Caller.Console;
        Assert.True((await app.Door.Send(new DeleteTeam.Command(below), caller, TestContext.Current.CancellationToken)).Ok);
        await dialog.Locator(".btn.danger").ClickAsync();
        await Assertions.Expect(page.Locator(".toasts")).ToContainTextAsync(name);
        await Assertions.Expect(page.Locator($"tr[data-id='{team}']")).ToHaveCountAsync(0);
        Assert.Empty(app.Trouble);
    }

    private static async Task ChooseDelete(IPage page, string name)
    {
        await page.Locator("tbody tr", new() { HasText = name }).Locator("summary").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem).Last.ClickAsync();
    }

    private async Task<string> NameOf(TeamId team) =>
        (await app.Door.Send(new ListTeams.Query(), Caller.Console, TestContext.Current.CancellationToken)).Value!.Single(
            one => one.Id == team).Name;

    [Fact]
    public async Task An_admin_invites_somebody_who_chooses_a_password_and_is_in()
    {
        var admin = await app.SignedInPage(Role.Admin);
        await admin.Open("/users");
        await admin.ClickAsync(".top button:has-text('Invite')");
        await admin.ClickAsync("[role=dialog] button[type=submit]");
        await Assertions.Expect(admin.Locator("[role=dialog] .mistake")).ToHaveCountAsync(2);
        await admin.FillAsync("#user-name", "Bo Wheel");
        await admin.FillAsync("#user-email", $"bo-{Guid.NewGuid():N}@test.example");
        await admin.ClickAsync("[role=dialog] button[type=submit]");
        var link = await admin.InputValueAsync("#secret");

        var invited = await app.NewPage();
        await invited.Open(link);
        await invited.FillAsync("[name=Password]", "password1234");
        await invited.FillAsync("[name=Repeated]", "password1234");
        await invited.ClickAsync("main button[type=submit]");
        await Assertions.Expect(invited.Locator("#mistake")).ToContainTextAsync("first that anybody guesses");
        await invited.FillAsync("[name=Password]", Password);
        await invited.FillAsync("[name=Repeated]", Password);
        await invited.ClickAsync("main button[type=submit]");
        await invited.IsAt(app.Address + "/");

        var late = await app.NewPage();
        await late.Open(link);
        await Assertions.Expect(late.GetByRole(AriaRole.Alert)).ToContainTextAsync("has been used or has expired");
    }

    [Fact]
    public async Task An_open_page_of_somebody_disabled_shows_within_30_seconds_that_it_is_over()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/profile");
        var email = await page.Locator("main .muted bdi").First.TextContentAsync();
        var users = (await app.Door.Send(new ListUsers.Query(), Caller.Console, TestContext.Current.CancellationToken)).Value!;
        await app.Door.Send(new DisableUser.Command(users.Single(user => user.Email == email).Id), Caller.Console,
            TestContext.Current.CancellationToken);
        await page.FillAsync("#my-name", "Still here");
        await page.ClickAsync("main form button[type=submit] >> nth=0");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" }))
            .ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#my-name")).ToHaveCountAsync(0);
        await page.OpenAgain();
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        var name = (await app.Door.Send(new ListUsers.Query(), Caller.Console, TestContext.Current.CancellationToken)).Value!.Single(
            user => user.Email == email).DisplayName;
        Assert.NotEqual("Still here", name);
    }

    [Fact]
    public async Task The_theme_follows_its_user_into_another_browser_and_not_the_next_user_of_this_one()
    {
        await Seed.SetUp(app.Services);
        var (_, one) = await Seed.User(app.Services, Role.Rep, null);
        var (_, other) = await Seed.User(app.Services, Role.Rep, null);
        var page = await app.NewPage();
        await SignIn(page, one);
        await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync(), "**/theme");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        var elsewhere = await app.NewPage();
        await SignIn(elsewhere, one);
        await Assertions.Expect(elsewhere.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await SignIn(page, other);
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "auto");

        static async Task SignIn(IPage page, string email)
        {
            await page.Open("/sign-in");
            await page.FillAsync("input[name=Email]", email);
            await page.FillAsync("input[name=Password]", Seed.Password);
            await page.PressAsync("input[name=Password]", "Enter");
            await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal),
                new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        }
    }

    [Fact]
    public async Task A_token_without_a_name_is_told_under_its_field_and_the_button_stays_where_it_is()
    {
        var page = await app.SignedInPage(Role.Viewer);
        await page.Open("/profile");
        var button = page.Locator("button:has-text('New token')");
        await Assertions.Expect(button).ToBeVisibleAsync();
        // The places are those on the screen: a click must find nothing to scroll.
        await button.ScrollIntoViewIfNeededAsync();
        var before = await button.BoundingBoxAsync();
        var field = await page.Locator("#token-name").BoundingBoxAsync();
        Assert.Equal(field!.Y, before!.Y, 1f);
        await button.ClickAsync();
        await Assertions.Expect(page.Locator("#token-name-error")).ToHaveTextAsync("This is needed.");
        Assert.Equal(before.Y, (await button.BoundingBoxAsync())!.Y, 0.5f);
        Assert.Equal(field.Y, (await page.Locator("#token-name").BoundingBoxAsync())!.Y, 0.5f);
    }

    [Fact]
    public async Task A_token_is_made_shown_once_and_revoked_on_the_profile_page()
    {
        var page = await app.SignedInPage(Role.Viewer);
        await page.Open("/profile");
        await page.FillAsync("#token-name", "Script");
        await page.ClickAsync("button:has-text('New token')");
        Assert.StartsWith("pcrm_", await page.InputValueAsync("#secret"), StringComparison.Ordinal);
        await page.ClickAsync("dialog footer button");
        await page.OpenAgain();
        await page.ClickAsync("[aria-label='Revoke Script']");
        await Assertions.Expect(page.GetByText("No tokens yet")).ToBeVisibleAsync();
        Assert.DoesNotContain("pcrm_", await page.ContentAsync(), StringComparison.Ordinal);
    }
}
