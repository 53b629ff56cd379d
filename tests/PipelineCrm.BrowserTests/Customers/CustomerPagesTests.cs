using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Customers;

public sealed class CustomerPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string Name = "\u200Fشركة الأفق 👩‍🏭";

    [Fact]
    public async Task A_customer_is_made_found_and_given_a_contact_and_a_deal()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync(Name);
        await dialog.GetByLabel("E-mail").FillAsync("nowhere");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".mistake")).ToContainTextAsync("name@example.com");
        await Assertions.Expect(dialog.GetByLabel("Name")).ToHaveValueAsync(Name);
        await dialog.GetByLabel("E-mail").FillAsync("office@works.example");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("h2 bdi").First).ToHaveTextAsync(Name);
        await Axe.NoViolations(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a contact" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("Ada");
        await dialog.GetByLabel("Decides on the purchase").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("#contacts li")).ToContainTextAsync("decision maker");

        await page.GetByRole(AriaRole.Button, new() { Name = "New deal" }).ClickAsync();
        await dialog.Locator("input").First.FillAsync("Plant-wide metering");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create deal" }).ClickAsync();
        await page.IsAt("**/deals/**");
        await Assertions.Expect(page.Locator("h2").First).ToHaveTextAsync("Plant-wide metering");

        await page.Open("/customers");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("الأفق");
        await page.IsAt("**search=**");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Axe.NoViolations(page);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_deal_is_filled_in_moved_and_taken_back_on_its_page()
    {
        var page = await app.SignedInPage(Role.Admin);
        var deal = await Deal(Stage.Consideration);
        await page.Open($"/deals/{deal.Id}");
        await page.Locator(".needs li", new() { HasText = "Expected close" }).GetByRole(AriaRole.Button).ClickAsync();
        await page.Locator(".figures input[type=date]").FillAsync("2031-05-01");
        await page.Locator(".figures").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-field=expectedClose]")).ToContainTextAsync("2031");

        await page.GetByRole(AriaRole.Button, new() { Name = "Move to Decision" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input").First.FillAsync("560,000");
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("li.now")).ToContainTextAsync("Decision");
        await Axe.NoViolations(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await page.IsAt("**/history");
        await page.Locator(".tl").GetByRole(AriaRole.Button, new() { Name = "Undo" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("li.now")).ToContainTextAsync("Consideration");
        await Assertions.Expect(page.Locator(".tl")).ToContainTextAsync("undone");
        await Axe.NoViolations(page);
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("/customers", "客户")]
    [InlineData("/products", "产品")]
    public async Task The_lists_speak_Chinese_and_are_dark_without_violations(string path, string title)
    {
        var page = await app.SignedInPage(Role.Manager, language: "zh-CN", width: 390, dark: true);
        await page.Open(path);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await page.Locator(".panel").First.WaitForAsync();
        await Axe.NoViolations(page);
    }

    private async Task<DealView> Deal(Stage stage)
    {
        var ct = TestContext.Current.CancellationToken;
        var (id, _) = await TestSupport.Seed.User(app.Services, Role.Rep, null, "en");
        var owner = new Caller(id, Channel.Page);
        var customer = (await app.Door.Send(new CreateCustomer.Command("Greywether Works"), owner, ct)).Value!;
        return (await app.Door.Send(new CreateDeal.Command(customer.Id, "Metering", Stage: stage), owner, ct)).Value!;
    }
}
