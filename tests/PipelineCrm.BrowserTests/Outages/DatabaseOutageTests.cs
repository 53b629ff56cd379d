using System.Net;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Api;
using PipelineCrm.BrowserTests.People;
using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>PostgreSQL is stopped under an application that runs: a clear message, nothing lost, and it goes on when it is back.</summary>
public sealed class DatabaseOutageTests(AppWithOwnDatabase app) : IClassFixture<AppWithOwnDatabase>, IAsyncDisposable
{
    private const string Away = "The database cannot be reached";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await app.StartDatabaseAsync();

    [Fact]
    public async Task A_move_during_it_says_so_puts_the_card_back_and_works_afterwards_on_the_same_page()
    {
        var board = await BoardPage.OpenAsync(app);
        await board.Page.EvaluateAsync("window.sameDocument = true");
        await app.StopDatabaseAsync();
        await board.DragAsync(Stage.Consideration);
        await Expect(board.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = Away })).ToBeVisibleAsync();
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        await Expect(board.Page.Locator("[data-pending]")).ToHaveCountAsync(0);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal" }).First.ClickAsync();
        await board.Page.Locator("form.quick input").First.FillAsync("Typed while it was away");

        await app.StartDatabaseAsync();
        await board.DragAsync(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(board.Page.Locator("form.quick input").First).ToHaveValueAsync("Typed while it was away");
        Assert.True(await board.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Equal((Stage.Consideration, 2L), ((await board.NowAsync()).Stage, (await board.NowAsync()).Version));
        Assert.Equal(0, (await app.Door.Send(new Verify.Query(), Caller.Console, Ct)).Value!.Differences);
    }

    [Fact]
    public async Task A_page_opened_during_it_says_so_and_goes_on_with_one_click()
    {
        var board = await BoardPage.OpenAsync(app);
        await app.StopDatabaseAsync();
        await board.Page.ReloadAsync();
        await Expect(board.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Away);
        await app.StartDatabaseAsync();
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_form_sent_during_it_keeps_what_was_typed()
    {
        var page = await app.SignedInPageAsync(Role.Rep);
        await page.OpenAsync("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Orchard Ltd");
        await app.StopDatabaseAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync(Away);
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Orchard Ltd");
        await app.StartDatabaseAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("h2 bdi").First).ToHaveTextAsync("Orchard Ltd");
    }

    [Fact]
    public async Task Programs_and_whoever_signs_in_are_told_503_and_are_let_in_afterwards()
    {
        await Seed.SetUpAsync(app.Services);
        var (_, email) = await Seed.UserAsync(app.Services, Role.Rep, null);
        using var rep = await ApiClient.NewAsync(app, Role.Rep);
        using var client = new PlainClient(app.Address);
        var deal = await rep.NewDealAsync();
        const string advance = """{"kind":"advance","version":VERSION}""";
        using (var form = await client.GetAsync("/sign-in"))
        {
            Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        }

        await app.StopDatabaseAsync();
        (await rep.GetAsync("deals")).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        (await rep.MoveAsync(deal, advance, "kept")).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        using (var ready = await client.GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        using (var live = await client.GetAsync("/health/live"))
        {
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }

        using (var refused = await client.SignInAsync(email, Seed.Password))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            var page = await refused.Content.ReadAsStringAsync(Ct);
            Assert.Contains(Away, page, StringComparison.Ordinal);
            Assert.Contains(email, page, StringComparison.Ordinal);
        }

        await app.StartDatabaseAsync();
        (await rep.MoveAsync(deal, advance, "kept")).Is(HttpStatusCode.OK);
        using var inside = await client.SignInAsync(email, Seed.Password);
        Assert.Equal(HttpStatusCode.Redirect, inside.StatusCode);
    }
}
