using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Forms;

/// <summary>The forms that hold more than their controls show: lines, conditions, the customer behind a name, a move.</summary>
public sealed class DraftFormTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_quick_form_knows_which_of_two_customers_of_one_name_was_chosen()
    {
        var (page, me) = await SignedIn(Role.Rep);
        await Customer(me, "Namesake Works");
        var chosen = await Customer(me, "Namesake Works");
        await OpenQuickForm(page);
        await page.Locator("form.quick input[name=customer]").PressSequentiallyAsync("Namesake");
        var options = page.Locator("form.quick [role=option]");
        await Expect(options).ToHaveCountAsync(3);
        var hits = await app.Door.Send(new SearchCustomers.Query("Namesake"), me, Ct);
        await options.Nth(hits.Value!.Items.ToList().FindIndex(hit => hit.Id == chosen.Id)).ClickAsync();
        await Expect(page.Locator("form.quick input[name=customer]")).ToHaveValueAsync("Namesake Works");
        await page.Locator("form.quick input[name=title]").FillAsync("Metering");
        await page.Locator("form.quick input[name=amount]").PressSequentiallyAsync("1234");
        await page.OpenAgain();

        await OpenQuickForm(page);
        await Expect(page.Locator("form.quick input[name=title]")).ToHaveValueAsync("Metering");
        await Expect(page.Locator("form.quick input[name=customer]")).ToHaveValueAsync("Namesake Works");
        await Expect(page.Locator("form.quick input[name=amount]")).ToHaveValueAsync("1,234.00");
        await Expect(page.Locator("form.quick").GetByRole(AriaRole.Status)).ToContainTextAsync("Restored");
        await Axe.NoViolations(page);
        await page.Locator("form.quick button[type=submit]").ClickAsync();
        await Expect(page.Locator("form.quick input[name=title]")).ToHaveValueAsync("");
        await Expect(page.Locator("[data-deal]")).ToContainTextAsync("Metering");
        var deals = await app.Door.Send(new ListDeals.Query(new DealFilter { Customer = chosen.Id }, new PageRequest()), me, Ct);
        Assert.Equal("Metering", Assert.Single(deals.Value!.Items).Title);

        await page.OpenAgain();
        await OpenQuickForm(page);
        await Expect(page.Locator("form.quick input[name=title]")).ToHaveValueAsync("");
        await Expect(page.Locator("form.quick input[name=customer]")).ToHaveValueAsync("");
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_quote_comes_back_with_all_its_lines()
    {
        var (page, me) = await SignedIn(Role.Rep);
        var deal = await Deal(me);
        await page.Open($"/deals/{deal.Id}/quotes");
        await page.GetByRole(AriaRole.Button, new() { Name = "New quote" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a line" }).ClickAsync();
        await Watched(page);
        await Expect(Lines(page)).ToHaveCountAsync(2);
        await Lines(page).First.GetByLabel("Quantity").FillAsync("3");
        await Lines(page).Last.GetByLabel("Price").FillAsync("12.50");
        await Lines(page).Last.GetByLabel("Quantity").FillAsync("7");
        await page.OpenAgain();

        await page.GetByRole(AriaRole.Button, new() { Name = "New quote" }).ClickAsync();
        await Expect(Lines(page)).ToHaveCountAsync(2);
        await Expect(Lines(page).First.GetByLabel("Quantity")).ToHaveValueAsync("3");
        await Expect(Lines(page).Last.GetByLabel("Quantity")).ToHaveValueAsync("7");
        await Expect(Lines(page).Last.GetByLabel("Price")).ToHaveValueAsync("12.50");
        await Axe.NoViolations(page);
        await page.Locator(".quote-form").GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(Lines(page)).ToHaveCountAsync(1);
        await Expect(Lines(page).First.GetByLabel("Quantity")).ToHaveValueAsync("1");
    }

    [Fact]
    public async Task A_rule_comes_back_with_its_conditions_and_messages_and_its_note()
    {
        var (page, _) = await SignedIn(Role.Admin);
        await OpenRule(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Condition", Exact = true }).ClickAsync();
        await Expect(page.Locator(".crow")).ToHaveCountAsync(3);
        await page.Locator(".crow").Last.GetByLabel("Field").SelectOptionAsync(FieldKey.Contacts);
        await page.Locator(".crow").Last.GetByLabel("Comparison").SelectOptionAsync("gte");
        await page.Locator(".crow").Last.GetByLabel("Value", new() { Exact = true }).PressSequentiallyAsync("2");
        await page.GetByLabel("Message in English").FillAsync("Two people, please");
        await page.OpenAgain();

        await OpenRule(page);
        await Expect(page.Locator(".crow").Last.GetByLabel("Field")).ToHaveValueAsync(FieldKey.Contacts);
        await Expect(page.Locator(".crow").Last.GetByLabel("Value", new() { Exact = true })).ToHaveValueAsync("2");
        await Expect(page.GetByLabel("Message in English")).ToHaveValueAsync("Two people, please");
        await Axe.NoViolations(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep in draft" }).ClickAsync();
        await Expect(page.GetByText("Kept in the draft.")).ToBeVisibleAsync();
        await NothingKept(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish…" }).ClickAsync();
        await Watched(page);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("Because of the audit");
        await page.OpenAgain();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox)).ToHaveValueAsync("Because of the audit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickAsync();
        await Expect(page.GetByText("is in force.")).ToBeVisibleAsync();
        await NothingKept(page);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task The_reason_of_a_move_comes_back_and_is_gone_with_the_move()
    {
        var (page, me) = await SignedIn(Role.Rep);
        var deal = await Deal(me);
        await page.Open("/");
        await OpenLose(page, deal);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).SelectOptionAsync("price");
        await page.GetByRole(AriaRole.Dialog).Locator("textarea").PressSequentiallyAsync("They build it themselves");
        await page.OpenAgain();

        await OpenLose(page, deal);
        await Expect(page.GetByRole(AriaRole.Dialog).Locator("textarea")).ToHaveValueAsync("They build it themselves");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToHaveValueAsync("price");
        await Axe.NoViolations(page);
        await page.GetByRole(AriaRole.Dialog).Locator("button[type=submit]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        var history = await app.Door.Send(new GetDeal.Query(deal.Id), me, Ct);
        Assert.Equal(Outcome.Lost, history.Value!.Outcome);
        await NothingKept(page);
    }

    [Theory]
    [InlineData("/users", "Invite", "#user-name")]
    [InlineData("/teams", "New team", "#team-name")]
    [InlineData("/products", "New product", "[role=dialog] input[name=name]")]
    public async Task Every_dialog_keeps_what_is_typed(string path, string opens, string field)
    {
        var (page, _) = await SignedIn(Role.Admin);
        await page.Open(path);
        await page.GetByRole(AriaRole.Button, new() { Name = opens }).First.ClickAsync();
        await Watched(page);
        await page.Locator(field).FillAsync("Fernhill");
        await page.OpenAgain();
        await page.GetByRole(AriaRole.Button, new() { Name = opens }).First.ClickAsync();
        await Expect(page.Locator(field)).ToHaveValueAsync("Fernhill");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await NothingKept(page);
    }

    [Fact]
    public async Task A_form_of_a_page_comes_back_with_the_page()
    {
        var (page, me) = await SignedIn(Role.Rep);
        await page.Open("/profile");
        await Watched(page);
        await page.Locator("#my-name").FillAsync("Fernhill");
        await page.OpenAgain();
        await Expect(page.Locator("#my-name")).ToHaveValueAsync("Fernhill");
        var deal = await Deal(me);
        await page.Open($"/deals/{deal.Id}/quotes");
        await page.GetByRole(AriaRole.Button, new() { Name = "New payment" }).ClickAsync();
        await Watched(page);
        await page.Locator("form.pay input[name=amount]").PressSequentiallyAsync("99");
        await page.OpenAgain();
        await page.GetByRole(AriaRole.Button, new() { Name = "New payment" }).ClickAsync();
        await Expect(page.Locator("form.pay input[name=amount]")).ToHaveValueAsync("99.00");
        await Axe.NoViolations(page);
    }

    [Theory]
    [InlineData("en", 1440, "Draft", "A draft waits here: open it to go on.")]
    [InlineData("zh-CN", 390, "草稿", "有未完成的草稿，打开即可继续填写。")]
    public async Task After_a_reload_the_plus_of_its_column_says_that_a_draft_waits(string language, int width, string word, string says)
    {
        var page = await app.SignedInPage(Role.Rep, language: language, width: width);
        await OpenQuickForm(page);
        await page.Locator("form.quick input[name=title]").FillAsync("Metering");
        var plus = page.Locator("[data-stage=awareness] .add");
        var place = await plus.BoundingBoxAsync();
        await Expect(plus.Locator(".draft-mark")).ToBeHiddenAsync();
        await page.OpenAgain();

        await Expect(plus.Locator(".draft-mark")).ToBeVisibleAsync();
        await Expect(plus.Locator(".draft-mark")).ToHaveAttributeAsync("data-text", word);
        await Expect(page.Locator(".top .btn .draft-mark")).ToBeVisibleAsync();
        await Expect(Marks(page)).ToHaveCountAsync(2);
        await Expect(plus).ToHaveAccessibleDescriptionAsync(says);
        var (before, after) = (place!, (await plus.BoundingBoxAsync())!);
        Assert.Equal((before.X, before.Y, before.Width), (after.X, after.Y, after.Width));
        await Axe.NoViolations(page);

        await plus.ClickAsync();
        await Expect(plus.Locator(".draft-mark")).ToBeHiddenAsync();
        await Watched(page);
        await page.Locator("form.quick .kept button").ClickAsync();
        await NothingKept(page);
        await page.OpenAgain();
        await plus.WaitForAsync();
        await Expect(Marks(page)).ToHaveCountAsync(0);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_waiting_draft_is_said_at_each_way_into_its_form_until_it_is_sent()
    {
        var (page, me) = await SignedIn(Role.Rep);
        var deal = await Deal(me);
        await page.Open($"/deals/{deal.Id}/quotes");
        await page.GetByRole(AriaRole.Button, new() { Name = "New payment" }).ClickAsync();
        await Watched(page);
        await page.Locator("form.pay input[name=amount]").PressSequentiallyAsync("99");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lose…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Locator("textarea").FillAsync("They build it themselves");
        await page.WaitForFunctionAsync("() => Object.keys(sessionStorage).filter(name => name.startsWith('draft ')).length === 2");
        await page.OpenAgain();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "New payment Draft", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Lose… Draft", Exact = true })).ToBeVisibleAsync();
        await Expect(Marks(page)).ToHaveCountAsync(2);
        await Axe.NoViolations(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "New payment" }).ClickAsync();
        await Expect(page.Locator("form.pay input[name=amount]")).ToHaveValueAsync("99.00");
        await page.Locator("form.pay").GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("form.pay")).ToHaveCountAsync(0);
        await Expect(Marks(page)).ToHaveCountAsync(1);
        Assert.Empty(app.Trouble);
    }

    private static ILocator Marks(IPage page) => page.Locator(".draft-mark:visible");

    private static async Task OpenQuickForm(IPage page)
    {
        await page.Open("/");
        await page.Locator("[data-stage=awareness] .add").ClickAsync();
        await Expect(page.Locator("form.quick input[name=title]")).ToBeFocusedAsync();
        await Watched(page);
    }

    /// <summary>From here on nothing typed is lost.</summary>
    private static async Task Watched(IPage page) =>
        await page.Locator("[data-watched]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    private static ILocator Lines(IPage page) => page.Locator(".quote-form fieldset");

    private static async Task OpenRule(IPage page)
    {
        await page.Open("/rules");
        await page.Locator("ol button", new() { HasText = "Entering Decision" }).ClickAsync();
        await Expect(page.Locator(".crow").First).ToBeVisibleAsync();
        await Watched(page);
    }

    private static async Task OpenLose(IPage page, DealView deal)
    {
        await page.Locator("[data-ready]").WaitForAsync();
        await page.Locator($"[data-deal='{deal.Id}']").FocusAsync();
        await page.Keyboard.PressAsync("m");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Lost" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).Locator("textarea")).ToBeVisibleAsync();
        await Watched(page);
    }

    /// <summary>The draft goes when the answer has come, which may show a moment before.</summary>
    private static async Task NothingKept(IPage page) =>
        await page.WaitForFunctionAsync("() => !Object.keys(sessionStorage).some(name => name.startsWith('draft '))");

    private async Task<(IPage Page, Caller Me)> SignedIn(Role role)
    {
        await Seed.SetUp(app.Services);
        var (id, email) = await Seed.User(app.Services, role, null);
        var page = await app.NewPage();
        await page.Open("/sign-in");
        await page.FillAsync("input[name=Email]", email);
        await page.FillAsync("input[name=Password]", Seed.Password);
        await page.PressAsync("input[name=Password]", "Enter");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal),
            new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return (page, new Caller(id, Channel.Page));
    }

    private async Task<CustomerView> Customer(Caller me,
        string name = "Example Works") => (await app.Door.Send(new CreateCustomer.Command(name), me, Ct)).Value!;

    private async Task<DealView> Deal(Caller me) =>
        (await app.Door.Send(new CreateDeal.Command((await Customer(me)).Id, "Plant-wide metering", Stage: Stage.Awareness), me,
            Ct)).Value!;
}
