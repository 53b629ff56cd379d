using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Deals;

public sealed class DealPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Undoing_the_opening_asks_first_and_leads_to_the_board()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (deal, owner) = await Deal();
        await Ok(new AddPayment.Command(deal.Id, 10, "USD", PaymentMethod.Cash), owner);
        await page.Open($"/deals/{deal.Id}/history");
        var undo = page.Locator(".tl").GetByRole(AriaRole.Button, new() { Name = "Undo" });
        await undo.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("1 payment");
        await Axe.NoViolations(page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Ok(new GetDeal.Query(deal.Id), owner);

        await undo.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make it void" }).ClickAsync();
        await page.IsAt(app.Address + "/");
        await Assertions.Expect(page.Locator(".toasts")).ToContainTextAsync("never opened");
        Assert.Equal(ProblemCode.NotFound, (await app.Door.Send(new GetDeal.Query(deal.Id), owner, Ct)).Problem?.Code);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_doubtful_payment_is_asked_about_before_it_is_written_and_the_rest_is_told_per_currency()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (deal, owner) = await Deal();
        await Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Amount = 1000m, Currency = "USD" }), owner);
        await Ok(new AddPayment.Command(deal.Id, 20, "EUR", PaymentMethod.Cash), owner);
        await page.Open($"/deals/{deal.Id}/quotes");
        await Assertions.Expect(page.Locator(".paid")).ToContainTextAsync("Outstanding$1,000");
        await Assertions.Expect(page.Locator("#payments .note")).ToContainTextAsync("€20");
        await page.GetByRole(AriaRole.Button, new() { Name = "New payment" }).ClickAsync();
        await page.Locator(".pay input").First.FillAsync("1,200.50");
        await page.Locator(".pay input[type=date]").FillAsync("2090-01-02");
        await page.Locator(".pay").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator(".pay [role=alert]")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".pay")).ToContainTextAsync("$1,200.50 would be paid, more than the amount of $1,000");
        Assert.Equal(1, (await Ok(new CountDealChildren.Query(deal.Id), owner)).Payments);
        await Axe.NoViolations(page);

        await page.Locator(".pay input[type=date]").FillAsync("2026-01-02");
        await page.Locator(".pay").GetByRole(AriaRole.Button, new() { Name = "Save anyway" }).ClickAsync();
        await Assertions.Expect(page.Locator(".paid")).ToContainTextAsync("Paid too much$200.50");
        await Axe.NoViolations(page);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_choice_is_headed_so_and_only_what_is_there_is_ticked()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (_, owner) = await Deal();
        var customer = await Ok(new CreateCustomer.Command("Choosing Works"), owner);
        var deal = await Ok(new CreateDeal.Command(customer.Id, new MoveFields
        {
            Title = "Metering",
            Amount = 500,
            Currency = "USD",
            ExpectedClose = new DateOnly(2031, 5, 1)
        }, Stage.Consideration), owner);
        await Ok(new MoveDeal.Command(deal.Id, MoveKind.Advance, Place.Decision, deal.Version, MoveFields.None, null, null, null,
            Guid.NewGuid().ToString()), owner);
        await page.Open($"/deals/{deal.Id}");
        var choice = page.Locator(".needs .choice");
        await Assertions.Expect(choice).ToContainTextAsync("One of these:");
        await Assertions.Expect(choice.GetByText("missing:")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".needs div").First.Locator("> p")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".needs h3 .badge").First).ToContainTextAsync("1 ");
        await Assertions.Expect(page.Locator(".chev .done").First).ToContainTextAsync("skipped");
        await Axe.NoViolations(page);

        await Ok(new AddContact.Command(customer.Id, "Ada Choosing", null, null, true), owner);
        await page.OpenAgain();
        await Assertions.Expect(choice.Locator(".check.y")).ToHaveCountAsync(1);
        await Assertions.Expect(choice.GetByText("not needed")).ToHaveCountAsync(1);
        await Assertions.Expect(choice.GetByText("missing:")).ToHaveCountAsync(0);
        await Assertions.Expect(choice).ToContainTextAsync("One of these:");
        await Axe.NoViolations(page);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task The_owner_is_chosen_among_those_who_may_have_it_and_somebody_elses_choice_is_asked_about()
    {
        var team = await TestSupport.Seed.Team(app.Services, null);
        var page = await app.SignedInPage(Role.Manager, team);
        var (ownerId, _) = await TestSupport.Seed.User(app.Services, Role.Rep, team, "en");
        var (takesId, _) = await TestSupport.Seed.User(app.Services, Role.Rep, team, "en");
        var (strangerId, _) = await TestSupport.Seed.User(app.Services, Role.Rep, null, "en");
        var (viewerId, _) = await TestSupport.Seed.User(app.Services, Role.Viewer, team, "en");
        var deal = await DealOf(new Caller(ownerId, Channel.Page), "Handed over");
        await page.Open($"/deals/{deal.Id}");
        await page.Locator("[data-field=ownerId]").ClickAsync();
        var choices = page.Locator(".sub select option");
        await Assertions.Expect(choices).ToHaveCountAsync(3);
        var offered = await choices.EvaluateAllAsync<string[]>("options => options.map(option => option.value)");
        Assert.Contains($"{takesId}", offered);
        Assert.DoesNotContain($"{strangerId}", offered);
        Assert.DoesNotContain($"{viewerId}", offered);
        await Axe.NoViolations(page);

        // Meanwhile an admin gives it to somebody else.
        var (admin, _) = await TestSupport.Seed.User(app.Services, Role.Admin, null, "en");
        await Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { OwnerId = (UserId?)takesId }),
            new Caller(admin, Channel.Page));
        var manager = offered.Single(one => one != $"{takesId}" && one != $"{ownerId}");
        await page.Locator(".sub select").SelectOptionAsync(manager);
        await page.Locator(".sub").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply mine" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-field=ownerId]")).ToBeVisibleAsync();
        Assert.Equal(manager, (await Ok(new GetDeal.Query(deal.Id), new Caller(admin, Channel.Page))).OwnerId.ToString());
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_field_that_is_left_for_the_next_one_is_saved_first()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (deal, owner) = await Deal();
        await page.Open($"/deals/{deal.Id}");
        await page.Locator("[data-field=title]").ClickAsync();
        await page.Locator("h2 input").FillAsync("Written in the heading");
        await page.Locator("[data-field=source]").ClickAsync();
        await Assertions.Expect(page.Locator(".figures select")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("h2").First).ToContainTextAsync("Written in the heading");
        Assert.Equal("Written in the heading", (await Ok(new GetDeal.Query(deal.Id), owner)).Title);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("[data-field=source]")).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("en", "Needed for Decision: Amount, Expected close.", "Enter the amount to move on to Decision.",
        "Give an expected close date to move on to Decision.")]
    [InlineData("zh-CN", "进入「决策」需要：金额、预计成交日。", "请填写金额，才能进入「决策」。", "请填写预计成交日，才能进入「决策」。")]
    public async Task The_move_dialog_says_at_each_field_what_to_do_about_it(string language, string needed, string amount, string close)
    {
        var page = await app.SignedInPage(Role.Admin, language: language);
        var (_, owner) = await Deal();
        var customer = await Ok(new CreateCustomer.Command("Asking Works"), owner);
        var deal = await Ok(new CreateDeal.Command(customer.Id, "Metering", Stage: Stage.Consideration), owner);
        await page.Open($"/deals/{deal.Id}");
        await page.Locator(".acts .btn.primary").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Locator(".note")).ToContainTextAsync(needed);
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(dialog.Locator(".mistake")).ToHaveTextAsync([amount, close]);
        await Axe.NoViolations(page);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task The_currencies_in_use_come_first_among_all()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (deal, owner) = await Deal();
        await Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Amount = 1000m, Currency = "SEK" }), owner);
        await page.Open($"/deals/{deal.Id}");
        await page.Locator("[data-field=amount]").ClickAsync();
        var groups = page.Locator(".editor select optgroup");
        await Assertions.Expect(groups).ToHaveCountAsync(2);
        var used = await groups.First.Locator("option").AllTextContentsAsync();
        Assert.Equal("USD", used[0]);
        Assert.Contains("SEK", used);
        Assert.DoesNotContain("CHF", used);
        var others = await groups.Last.Locator("option").AllTextContentsAsync();
        Assert.Contains("CHF", others);
        Assert.Empty(others.Intersect(used));
        await Assertions.Expect(page.Locator(".editor select")).ToHaveValueAsync("SEK");
        await page.Locator(".editor select").SelectOptionAsync("CHF");
        await page.Locator(".editor button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-field=amount]")).ToContainTextAsync("CHF");
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task An_editor_lies_over_the_value_it_edits_and_moves_nothing(int width)
    {
        var page = await app.SignedInPage(Role.Admin, width: width);
        var (deal, _) = await Deal("Greywether Works of the Upper Valley and its Neighbours");
        await page.Open($"/deals/{deal.Id}");
        await page.Locator(".side .panel").First.WaitForAsync();
        var before = await Places(page);
        foreach (var field in (string[])[FieldKey.Title, FieldKey.OwnerId, FieldKey.ExpectedClose, FieldKey.Source, FieldKey.Amount])
        {
            var value = (await page.Locator($"[data-field={field}]").BoundingBoxAsync())!;
            await page.Locator($"[data-field={field}]").ClickAsync();
            var control = page.Locator(".editor .control");
            await Assertions.Expect(control).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator(".editor :focus")).ToHaveCountAsync(1);
            Assert.Equal(before, await Places(page));
            var box = (await control.BoundingBoxAsync())!;
            Assert.InRange(value.Y + (value.Height / 2), box.Y, box.Y + box.Height);
            var editor = (await page.Locator(".editor").BoundingBoxAsync())!;
            Assert.InRange(editor.X, 0, width - editor.Width);
            if (field != FieldKey.Amount)
            {
                await page.Keyboard.PressAsync("Escape");
                await Assertions.Expect(page.Locator(".editor")).ToHaveCountAsync(0);
            }
        }

        await page.Locator(".editor input").FillAsync("a lot");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".editor .mistake")).ToBeVisibleAsync();
        Assert.Equal(before, await Places(page));
        await Axe.NoViolations(page);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_field_that_cannot_be_saved_does_not_keep_one_from_the_next_and_waits_as_a_draft()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (deal, _) = await Deal();
        await page.Open($"/deals/{deal.Id}");
        await page.Locator($"[data-field={FieldKey.Title}]").ClickAsync();
        await page.Locator(".editor input").FillAsync("");
        var next = page.Locator($"[data-field={FieldKey.Source}]");
        await next.ClickAsync();
        await Assertions.Expect(page.Locator(".editor .mistake")).ToBeVisibleAsync();
        await next.ClickAsync();
        await Assertions.Expect(page.Locator(".editor select")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator($"[data-field={FieldKey.Title}]").ClickAsync();
        await Assertions.Expect(page.Locator(".editor input")).ToHaveValueAsync("");
        Assert.Equal("Metering", (await Ok(new GetDeal.Query(deal.Id), new Caller(deal.OwnerId, Channel.Api))).Title);
        Assert.Empty(app.Trouble);
    }

    /// <summary>Where the parts of the page lie.</summary>
    private static Task<double[]> Places(IPage page) =>
        page.Locator(".title, .heading .sub, .chev, .figures > div, .cols")
            .EvaluateAllAsync<double[]>("parts => parts.map(part => part.getBoundingClientRect().top)");

    [Fact]
    public async Task A_deal_is_archived_found_on_its_customers_page_and_restored()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (deal, owner) = await Deal();
        await page.Open($"/deals/{deal.Id}");
        await Archive(page);
        await Assertions.Expect(page.Locator(".toasts")).ToContainTextAsync("is archived");
        await Assertions.Expect(page.Locator(".banner")).ToContainTextAsync("Archived");
        await Assertions.Expect(page.GetByText("Ask", new() { Exact = false })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move to Consideration" })).ToHaveCountAsync(0);
        await Axe.NoViolations(page);
        await Assertions.Expect(page.Locator(".chev button:not([aria-disabled=true])")).ToHaveCountAsync(0);

        await page.Open($"/customers/{deal.CustomerId}");
        await page.Locator(".archived").WaitForAsync();
        await Axe.NoViolations(page);
        await page.Locator(".archived").GetByRole(AriaRole.Link).ClickAsync();
        await page.IsAt("**/deals/**");
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Assertions.Expect(page.Locator(".banner")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move to Consideration" })).ToBeVisibleAsync();
        Assert.Null((await Ok(new GetDeal.Query(deal.Id), owner)).ArchivedAt);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_customer_with_an_open_deal_says_why_it_stays_and_an_archived_one_is_found_by_the_filter()
    {
        var page = await app.SignedInPage(Role.Admin);
        var (deal, owner) = await Deal("Tidewater Yards");
        await page.Open($"/customers/{deal.CustomerId}");
        await Archive(page);
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("One deal of this customer is open");
        await Ok(new ArchiveDeal.Command(deal.Id, deal.Version), owner);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Archive", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".banner")).ToContainTextAsync("Archived");
        await Axe.NoViolations(page);

        await page.Open("/customers");
        await page.Locator("table, .empty").First.WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Tidewater Yards" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Archived" }).ClickAsync();
        await page.IsAt("**archived=true**");
        await page.GetByRole(AriaRole.Link, new() { Name = "Tidewater Yards" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Assertions.Expect(page.Locator(".banner")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }

    private static async Task Archive(IPage page)
    {
        await page.Locator(".content summary", new() { Has = page.Locator(".icon") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Archive…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Archive", Exact = true }).ClickAsync();
    }

    private async Task<(DealView Deal, Caller Owner)> Deal(string name = "Greywether Works")
    {
        var (id, _) = await TestSupport.Seed.User(app.Services, Role.Rep, null, "en");
        var owner = new Caller(id, Channel.Page);
        return (await DealOf(owner, name), owner);
    }

    private async Task<DealView> DealOf(Caller owner, string name)
    {
        var customer = await Ok(new CreateCustomer.Command(name), owner);
        return await Ok(new CreateDeal.Command(customer.Id, "Metering"), owner);
    }

    private async Task<T> Ok<T>(IRequest<T> request, Caller caller)
    {
        var result = await app.Door.Send(request, caller, Ct);
        return result.Ok ? result.Value : throw new InvalidOperationException(result.Problem.Message);
    }
}
