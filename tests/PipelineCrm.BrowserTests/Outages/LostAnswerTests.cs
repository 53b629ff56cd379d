using System.Net;
using Microsoft.Playwright;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The line to the database breaks between a commit and its answer: nobody is told that nothing was saved, and nothing is saved
/// twice.</summary>
public sealed class LostAnswerTests(AppWithBreakingLine app) : IClassFixture<AppWithBreakingLine>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_asks_again_under_its_key_and_learns_what_became_of_its_payment()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        var (path, payment) = ($"deals/{deal.Id}/payments", """{"amount":123,"currency":"USD","method":"card"}""");
        app.Line.BreakAfterCommitOf(deal.Id);
        var lost = (await rep.Post(path, payment, "payment")).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal("unknown", lost["outcome"].GetString());
        Assert.DoesNotContain("Nothing was lost", lost.Text, StringComparison.Ordinal);
        app.Line.Mend();
        var made = (await rep.Post(path, payment, "payment")).Is(HttpStatusCode.Created);
        Assert.Equal(made.Id, (await rep.Post(path, payment, "payment")).Is(HttpStatusCode.Created).Id);
        Assert.Single((await rep.Get(path)).Items);
        (await rep.Post(path, payment.Replace("123", "124", StringComparison.Ordinal), "payment")).IsProblem(
            HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task Every_call_takes_a_key_and_says_what_is_wrong_with_one()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        const string customer = """{"name":"Orchard Ltd"}""";
        var made = (await rep.Post("customers", customer, "one")).Is(HttpStatusCode.Created);
        var again = (await rep.Post("customers", customer, "one")).Is(HttpStatusCode.Created);
        Assert.Equal((made.Id, made.Headers["Location"]), (again.Id, again.Headers["Location"]));
        (await rep.Post("customers", customer, new string('k', 201))).IsProblem(HttpStatusCode.BadRequest, "validation", "Idempotency-Key");
        (await rep.Post($"customers/{made.Id}/contacts", customer, "one")).IsProblem(HttpStatusCode.UnprocessableEntity,
            "idempotency-key-reused");
    }

    [Fact]
    public async Task A_page_finds_out_by_itself_and_keeps_what_was_typed_until_then()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var name = $"Orchard {Guid.NewGuid()}";
        await dialog.GetByLabel("Name").FillAsync(name);
        app.Line.BreakAfterCommitOf(name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.GetByText("We could not learn whether it was saved: checking…")).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync(name);
        await Expect(dialog.GetByText("Nothing was lost")).ToHaveCountAsync(0);
        app.Line.Mend();
        await Expect(page.Locator("h2 bdi").First).ToHaveTextAsync(name);
        var me = (await Seed.User(app.Services, Role.Admin, null)).Id;
        Assert.Single((await app.Door.Send(new SearchCustomers.Query(name), new Caller(me, Channel.Page), Ct)).Value!.Items);
    }

    [Fact]
    public async Task A_form_that_is_restored_after_its_answer_was_lost_makes_no_second_customer()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var name = $"Orchard {Guid.NewGuid()}";
        await dialog.GetByLabel("Name").FillAsync(name);
        await page.WaitForFunctionAsync("name => Object.values(sessionStorage).some(draft => draft.includes(name))", name);
        app.Line.BreakAfterCommitOf(name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.GetByText("checking…")).ToBeVisibleAsync();

        // The page goes away while it asks, and comes back with what was typed.
        await page.GotoAsync("about:blank");
        app.Line.Mend();
        await page.Open("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync(name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("h2 bdi").First).ToHaveTextAsync(name);
        var me = (await Seed.User(app.Services, Role.Admin, null)).Id;
        Assert.Single((await app.Door.Send(new SearchCustomers.Query(name), new Caller(me, Channel.Page), Ct)).Value!.Items);
    }
}
