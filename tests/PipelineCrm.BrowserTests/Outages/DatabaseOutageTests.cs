using System.Net;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Access;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>PostgreSQL is stopped under an application that runs: a clear message, nothing lost, and it goes on when it is back.</summary>
public sealed class DatabaseOutageTests(AppWithOwnDatabase app) : IClassFixture<AppWithOwnDatabase>, IAsyncDisposable
{
    private const string Away = "The database cannot be reached";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await app.StartDatabase();

    [Fact]
    public async Task A_move_during_it_says_so_puts_the_card_back_and_works_afterwards_on_the_same_page()
    {
        var board = await BoardPage.Open(app);
        await board.Page.EvaluateAsync("window.sameDocument = true");
        await app.StopDatabase();
        await board.Drag(Stage.Consideration);
        await Expect(board.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = Away })).ToBeVisibleAsync();
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        await Expect(board.Page.Locator("[data-pending]")).ToHaveCountAsync(0);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal" }).First.ClickAsync();
        await board.Page.Locator("form.quick input").First.FillAsync("Typed while it was away");

        await app.StartDatabase();
        await board.Drag(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(board.Page.Locator("form.quick input").First).ToHaveValueAsync("Typed while it was away");
        Assert.True(await board.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Equal((Stage.Consideration, 2L), ((await board.Now()).Stage, (await board.Now()).Version));
        Assert.Equal(0, (await app.Door.Send(new VerifyLedger.Query(), Caller.Console, Ct)).Value!.Differences);
    }

    [Fact]
    public async Task A_page_opened_during_it_says_so_and_goes_on_with_one_click()
    {
        var board = await BoardPage.Open(app);
        await app.StopDatabase();
        await board.Page.ReloadAsync();
        await Expect(board.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Away);
        await app.StartDatabase();
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_form_sent_during_it_keeps_what_was_typed()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Orchard Ltd");
        await app.StopDatabase();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync(Away);
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Orchard Ltd");
        await app.StartDatabase();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("h2 bdi").First).ToHaveTextAsync("Orchard Ltd");
    }

    [Fact]
    public async Task Programs_and_whoever_signs_in_are_told_503_and_are_let_in_afterwards()
    {
        await Seed.SetUp(app.Services);
        var (_, email) = await Seed.User(app.Services, Role.Rep, null);
        using var rep = await ApiClient.New(app, Role.Rep);
        using var client = new PlainClient(app.Address);
        var deal = await rep.NewDeal();
        const string advance = """{"kind":"advance","version":VERSION}""";
        using (var form = await client.Get("/sign-in"))
        {
            Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        }

        await app.StopDatabase();
        (await rep.Get("deals")).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        (await rep.Move(deal, advance, "kept")).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        using (var ready = await client.Get("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        using (var live = await client.Get("/health/live"))
        {
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }

        using (var refused = await client.SignIn(email, Seed.Password))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            var page = await refused.Content.ReadAsStringAsync(Ct);
            Assert.Contains(Away, page, StringComparison.Ordinal);
            Assert.Contains(email, page, StringComparison.Ordinal);
        }

        await app.StartDatabase();
        (await rep.Move(deal, advance, "kept")).Is(HttpStatusCode.OK);
        using var inside = await client.SignIn(email, Seed.Password);
        Assert.Equal(HttpStatusCode.Redirect, inside.StatusCode);
    }
}
