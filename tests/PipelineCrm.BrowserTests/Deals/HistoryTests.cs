using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Deals;

/// <summary>What happened to a deal or a customer, as its page tells it.</summary>
public sealed class HistoryTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", 1440, false, "Changed by", "Amount$5,000 → to $6,000.50", "Expected close6 May 2031", "Payment added by",
        "Method Wallet", "Moves", "Changes")]
    [InlineData("zh-CN", 390, true, "修改，操作人", "金额 US$5,000 → 改为 US$6,000.50", "预计成交日 2031年5月6日", "添加付款，操作人", "付款方式 电子钱包", "流转", "修改")]
    public async Task A_deals_history_tells_moves_and_changes_and_each_alone(
        string language, int width, bool dark, string changed, string amount, string close, string paid, string method, string moves,
        string changes)
    {
        var (deal, owner) = await Deal();
        deal = await Ok(new UpdateDeal.Command(deal.Id, deal.Version,
            new MoveFields { Amount = 6000.5m, ExpectedClose = new DateOnly(2031, 5, 6) }), owner);
        await Ok(new AddPayment.Command(deal.Id, 20, "USD", PaymentMethod.Wallet), owner);
        var page = await app.SignedInPage(Role.Admin, language: language, width: width, dark: dark);
        await page.Open($"/deals/{deal.Id}/history");
        var entries = page.Locator(".tl > li");
        await Assertions.Expect(entries).ToHaveCountAsync(3);
        await Says(entries.Nth(0), paid, method);
        await Says(entries.Nth(1), changed, amount, close);
        await Assertions.Expect(page.Locator(".tl")).Not.ToContainTextAsync(deal.CustomerId.ToString());
        await Says(entries.Nth(2), "Greywether Works");
        await Axe.NoViolations(page);

        var parts = page.Locator("nav.parts");
        await parts.GetByRole(AriaRole.Link, new() { Name = moves, Exact = true }).ClickAsync();
        await page.IsAt("**/history?show=moves");
        await Assertions.Expect(entries).ToHaveCountAsync(1);
        await parts.GetByRole(AriaRole.Link, new() { Name = changes, Exact = true }).ClickAsync();
        await page.IsAt("**/history?show=changes");
        await Assertions.Expect(entries).ToHaveCountAsync(3);
        await page.OpenAgain();
        await Assertions.Expect(parts.Locator("[aria-current=true]")).ToHaveTextAsync(changes);
        await Axe.NoViolations(page);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_long_history_is_read_page_by_page_and_follows_what_is_done_on_the_page()
    {
        var (deal, owner) = await Deal();
        for (var i = 0; i < 55; i++)
        {
            await Ok(new AddPayment.Command(deal.Id, i + 1, "USD", PaymentMethod.Cash), owner);
        }

        var page = await app.SignedInPage(Role.Admin);
        await page.Open($"/deals/{deal.Id}/history");
        var entries = page.Locator(".tl > li");
        await Assertions.Expect(entries).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Assertions.Expect(entries).ToHaveCountAsync(56);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show more" })).ToHaveCountAsync(0);

        await page.Locator("[data-field=title]").ClickAsync();
        await page.Locator("h2 input").FillAsync("Metering, anew");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(entries.First).ToContainTextAsync("Metering, anew");
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("en", 1440, "Customer created by", "Contact added by", "Phone filled in", "Purchase status no deal yet → to Awareness",
        "caused by Metering")]
    [InlineData("zh-CN", 390, "新建客户，操作人", "添加联系人，操作人", "电话 已填写", "购买状态 尚无商机 → 改为 认知", "起因商机：Metering")]
    public async Task A_customers_history_names_deals_only_to_who_may_see_them(
        string language, int width, string created, string added, string phone, string status, string through)
    {
        var team = await TestSupport.Seed.Team(app.Services, null);
        var (deal, owner) = await Deal(team);
        await Ok(new AddContact.Command(deal.CustomerId, "Ada Choosing", null, "+1 555 0100"), owner);
        var page = await app.SignedInPage(Role.Manager, team, language, width);
        await page.Open($"/customers/{deal.CustomerId}");
        var entries = page.Locator("#history .tl > li");
        await Assertions.Expect(entries).ToHaveCountAsync(3);
        // What a deal's move did to its customer is folded.
        await entries.Nth(1).Locator("summary").ClickAsync();
        await Says(entries.Nth(0), added, "Ada Choosing", phone);
        await Says(entries.Nth(1), status, through);
        await Says(entries.Nth(2), created);
        await Assertions.Expect(page.Locator("#history")).Not.ToContainTextAsync("555");
        await Axe.NoViolations(page);

        var stranger = await app.SignedInPage(Role.Rep, language: language, width: width);
        await stranger.Open($"/customers/{deal.CustomerId}");
        // Nothing tells that there is a deal at all.
        await Says(stranger.Locator("#history .tl > li").Nth(1), status);
        await Assertions.Expect(stranger.Locator("#history details")).ToHaveCountAsync(0);
        await Assertions.Expect(stranger.Locator(".content")).Not.ToContainTextAsync("Metering");
        await Axe.NoViolations(stranger);
        Assert.Empty(app.Trouble);
    }

    private static async Task Says(ILocator entry, params string[] sentences)
    {
        var text = Spaceless(await entry.InnerTextAsync());
        Assert.All(sentences, sentence => Assert.Contains(Spaceless(sentence), text, StringComparison.Ordinal));
    }

    private static string Spaceless(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    private async Task<(DealView Deal, Caller Owner)> Deal(TeamId? team = null)
    {
        var (id, _) = await TestSupport.Seed.User(app.Services, Role.Rep, team, "en");
        var owner = new Caller(id, Channel.Page);
        var customer = await Ok(new CreateCustomer.Command("Greywether Works"), owner);
        return (await Ok(new CreateDeal.Command(customer.Id, "Metering", 5000, "USD"), owner), owner);
    }

    private async Task<T> Ok<T>(IRequest<T> request, Caller caller)
    {
        var result = await app.Door.Send(request, caller, Ct);
        return result.Ok ? result.Value : throw new InvalidOperationException(result.Problem.Message);
    }
}
