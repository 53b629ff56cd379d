using Microsoft.Playwright;
using PipelineCrm.Common;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests;

public sealed class DealPageTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Undoing_the_opening_asks_first_and_leads_to_the_board()
    {
        var page = await app.SignedInPageAsync(Role.Admin);
        var (deal, owner) = await Deal();
        await Ok(new AddPayment.Command(deal.Id, 10, "USD", PaymentMethod.Cash), owner);
        await page.GotoAsync($"/deals/{deal.Id}/history");
        var undo = page.Locator(".tl").GetByRole(AriaRole.Button, new() { Name = "Undo" });
        await undo.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("1 payment");
        await Axe.NoViolationsAsync(page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Ok(new GetDeal.Query(deal.Id), owner);

        await undo.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make it void" }).ClickAsync();
        await page.WaitForURLAsync(app.Address + "/");
        await Assertions.Expect(page.Locator(".toasts")).ToContainTextAsync("never opened");
        Assert.Equal(ProblemCode.NotFound, (await app.Door.Send(new GetDeal.Query(deal.Id), owner, Ct)).Problem?.Code);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_deal_is_archived_found_on_its_customers_page_and_restored()
    {
        var page = await app.SignedInPageAsync(Role.Admin);
        var (deal, owner) = await Deal();
        await page.GotoAsync($"/deals/{deal.Id}");
        await ArchiveAsync(page);
        await Assertions.Expect(page.Locator(".toasts")).ToContainTextAsync("is archived");
        await Assertions.Expect(page.Locator(".banner")).ToContainTextAsync("Archived");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move to Consideration" })).ToHaveCountAsync(0);
        await Axe.NoViolationsAsync(page);
        await Assertions.Expect(page.Locator(".chev button:enabled")).ToHaveCountAsync(0);

        await page.GotoAsync($"/customers/{deal.CustomerId}");
        await page.Locator(".archived").WaitForAsync();
        await Axe.NoViolationsAsync(page);
        await page.Locator(".archived").GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync("**/deals/**");
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Assertions.Expect(page.Locator(".banner")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move to Consideration" })).ToBeVisibleAsync();
        Assert.Null((await Ok(new GetDeal.Query(deal.Id), owner)).ArchivedAt);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_customer_with_an_open_deal_says_why_it_stays_and_an_archived_one_is_found_by_the_filter()
    {
        var page = await app.SignedInPageAsync(Role.Admin);
        var (deal, owner) = await Deal("Tidewater Yards");
        await page.GotoAsync($"/customers/{deal.CustomerId}");
        await ArchiveAsync(page);
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("One deal of this customer is open");
        await Ok(new ArchiveDeal.Command(deal.Id, deal.Version), owner);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Archive", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".banner")).ToContainTextAsync("Archived");
        await Axe.NoViolationsAsync(page);

        await page.GotoAsync("/customers");
        await page.Locator("table, .empty").First.WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Tidewater Yards" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Archived" }).ClickAsync();
        await page.WaitForURLAsync("**archived=True**");
        await page.GetByRole(AriaRole.Link, new() { Name = "Tidewater Yards" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Assertions.Expect(page.Locator(".banner")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }

    private static async Task ArchiveAsync(IPage page)
    {
        await page.Locator(".content summary", new() { Has = page.Locator(".icon") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Archive…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Archive", Exact = true }).ClickAsync();
    }

    private async Task<(DealView Deal, Caller Owner)> Deal(string name = "Greywether Works")
    {
        var (id, _) = await TestSupport.Seed.UserAsync(app.Services, Role.Rep, null, "en");
        var owner = new Caller(id, Channel.Page);
        var customer = await Ok(new CreateCustomer.Command(name), owner);
        return (await Ok(new CreateDeal.Command(customer.Id, "Metering"), owner), owner);
    }

    private async Task<T> Ok<T>(IRequest<T> request, Caller caller)
    {
        var result = await app.Door.Send(request, caller, Ct);
        return result.Ok ? result.Value : throw new InvalidOperationException(result.Problem.Message);
    }
}
