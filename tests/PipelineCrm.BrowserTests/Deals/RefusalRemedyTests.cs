using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Deals;

/// <summary>Every refusal ends in the field that mends it.</summary>
public sealed class RefusalRemedyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task What_is_not_paid_is_recorded_with_the_outstanding_sum_from_the_board()
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        await InPurchase(board, paid: 1_120m);
        await board.Reload();
        await board.Drag(Stage.PostPurchase);
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Record $2,880" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(board.Page.Locator("form.pay input[name=amount]")).ToBeFocusedAsync();
        await Expect(board.Page.Locator("form.pay input[name=amount]")).ToHaveValueAsync("2,880.00");
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Page.GetByRole(AriaRole.Button, new() { Name = "Move to Post-purchase", Exact = true })).ToBeVisibleAsync();
        Assert.DoesNotContain("do=", board.Page.Url);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_missing_quote_opens_its_form_on_the_deal_page_with_the_deals_amount()
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        await board.Send(new MoveDeal.Command(
            board.Deal.Id, MoveKind.Advance, null, 1, new MoveFields { Amount = 4_000m, ExpectedClose = new DateOnly(2031, 1, 1) }, null,
            null, null, Guid.NewGuid().ToString()));
        await board.Page.Open($"/deals/{board.Deal.Id}");
        await board.Page.Locator(".chev").GetByRole(AriaRole.Button, new() { Name = "Purchase" }).First.ClickAsync();
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Name a decision maker" })).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Add a quote" })).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(board.Page.Locator(".quote-form select").First).ToBeFocusedAsync();
        await Expect(board.Page.Locator(".quote-form input[name=price]")).ToHaveValueAsync("4,000.00");
    }

    [Fact]
    public async Task The_rule_behind_a_question_is_read_beside_it_and_nothing_typed_is_lost()
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        await board.Drag(Stage.Decision);
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Amount").FillAsync("1200");
        await dialog.GetByText("Why is this asked?").ClickAsync();
        await Expect(dialog).ToContainTextAsync("Fill in the amount and the expected close date to move on to Decision.");
        await Expect(dialog.GetByLabel("Amount")).ToHaveValueAsync("1,200.00");
        await Expect(dialog.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("target", "_blank");
        await Axe.NoViolations(board.Page);
    }

    [Fact]
    public async Task A_referral_to_a_new_customer_is_one_dialog()
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        await InPurchase(board, paid: 4_000m);
        await board.Page.Open($"/deals/{board.Deal.Id}");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Referred someone…" }).ClickAsync();
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Combobox).First).ToBeFocusedAsync();
        await board.Page.Keyboard.TypeAsync("Brand New Mills");
        await dialog.GetByRole(AriaRole.Option, new() { Name = "New customer: Brand New Mills" }).ClickAsync();
        await dialog.Locator("[type=submit]").ClickAsync();
        await Expect(board.Page.Locator(".heading .sub a")).ToHaveTextAsync("Brand New Mills");
        Assert.Single((await board.Send(new SearchCustomers.Query("Brand New Mills"))).Items);
    }

    [Fact]
    public async Task A_conflict_names_the_deal_both_stages_and_what_each_answer_does()
    {
        var board = await BoardPage.Open(app, title: "Plant-wide metering");
        await board.Lift();
        await Expect(board.Column(Stage.Consideration)).ToHaveAttributeAsync("data-verdict", "allowed");
        await board.Send(new MoveDeal.Command(board.Deal.Id, MoveKind.Lose, null, 1, MoveFields.None, new MoveReason("price", null), null,
            null, Guid.NewGuid().ToString()));
        await board.Drop(Stage.Consideration);
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Plant-wide metering");
        await Expect(dialog).ToContainTextAsync($"{board.Deal.OwnerName} moved it from Awareness to Lost");
        await Expect(dialog).ToContainTextAsync("It moves from Lost to Consideration");
        await Axe.NoViolations(board.Page);
    }

    [Fact]
    public async Task After_Complete_nothing_else_lies_under_the_pointer()
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        await InPurchase(board, paid: 4_000m);
        var paid = await board.Now();
        await board.Send(new MoveDeal.Command(board.Deal.Id, MoveKind.Advance, null, paid.Version, MoveFields.None, null, null, null,
            Guid.NewGuid().ToString()));
        await board.Page.Open($"/deals/{board.Deal.Id}");
        var box = (await board.Page.GetByRole(AriaRole.Button, new() { Name = "Complete", Exact = true }).BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await board.Page.Mouse.ClickAsync(x, y);
        await Expect(board.Page.Locator(".heading .badge.ok").First).ToBeVisibleAsync();
        await Expect(board.Page.GetByText("Completed", new() { Exact = true }).First).ToBeVisibleAsync();
        Assert.Null(
            await board.Page.EvaluateAsync<string?>($"document.elementFromPoint({x:0}, {y:0}).closest('button, a')?.textContent ?? null"));
        await board.Page.Mouse.MoveAsync(x + 30, y + 90);
        Assert.Null(
            await board.Page.EvaluateAsync<string?>($"document.elementFromPoint({x:0}, {y:0}).closest('button, a')?.textContent ?? null"));
    }

    /// <summary>In Purchase with an amount of 4 000, of which so much is paid.</summary>
    private static async Task InPurchase(BoardPage board, decimal paid)
    {
        var basics = new MoveFields { Amount = 4_000m, ExpectedClose = new DateOnly(2031, 1, 1) };
        await board.Send(new AddContact.Command(board.Deal.CustomerId, "Contact", DecisionMaker: true));
        var decided = await board.Send(
            new MoveDeal.Command(board.Deal.Id, MoveKind.Advance, null, 1, basics, null, null, null, Guid.NewGuid().ToString()));
        await board.Send(new MoveDeal.Command(board.Deal.Id, MoveKind.Advance, null, decided.Deal.Version, MoveFields.None, null, null,
            null, Guid.NewGuid().ToString()));
        await board.Send(new AddPayment.Command(board.Deal.Id, paid, "USD", PaymentMethod.Transfer, null));
    }
}
