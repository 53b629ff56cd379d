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
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("never opened");
        Assert.Equal(ProblemCode.NotFound, (await app.Door.Send(new GetDeal.Query(deal.Id), owner, Ct)).Problem?.Code);
        Assert.Empty(app.Trouble);
    }

    private async Task<(DealView Deal, Caller Owner)> Deal()
    {
        var (id, _) = await TestSupport.Seed.UserAsync(app.Services, Role.Rep, null, "en");
        var owner = new Caller(id, Channel.Page);
        var customer = await Ok(new CreateCustomer.Command("Greywether Works"), owner);
        return (await Ok(new CreateDeal.Command(customer.Id, "Metering"), owner), owner);
    }

    private async Task<T> Ok<T>(IRequest<T> request, Caller caller)
    {
        var result = await app.Door.Send(request, caller, Ct);
        return result.Ok ? result.Value : throw new InvalidOperationException(result.Problem.Message);
    }
}
