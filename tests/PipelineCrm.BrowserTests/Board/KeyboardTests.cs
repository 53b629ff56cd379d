using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>Work without a mouse: where the focus goes, and what keys do.</summary>
public sealed class KeyboardTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task Enter_on_a_customer_picks_it_and_the_next_Enter_saves()
    {
        var board = await BoardPage.Open(app);
        var chosen = await board.Send(new CreateCustomer.Command("Northern Looms"));
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal in Awareness" }).ClickAsync();
        await Expect(board.Page.Locator("form.quick input[name=title]")).ToBeFocusedAsync();
        await board.Page.Keyboard.TypeAsync("Loom sensors");
        await board.Page.Keyboard.PressAsync("Tab");
        await board.Page.Keyboard.TypeAsync("Northern");
        await Expect(board.Page.Locator("form.quick [role=option]").First).ToContainTextAsync("Northern Looms");
        await board.Page.Keyboard.PressAsync("ArrowDown");
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Page.Locator("form.quick input[name=customer]")).ToHaveValueAsync("Northern Looms");
        await Expect(board.Page.Locator("[data-deal]")).ToHaveCountAsync(1);

        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Page.Locator("[data-deal]")).ToHaveCountAsync(2);
        await Expect(board.Page.Locator("form.quick input[name=title]")).ToBeFocusedAsync();
        await Expect(board.Page.Locator("form.quick input[name=title]")).ToHaveValueAsync("");
        var deals = await board.Send(new ListDeals.Query(new DealFilter { Customer = chosen.Id }, new PageRequest()));
        Assert.Equal("Loom sensors", Assert.Single(deals.Items).Title);

        await board.Page.Keyboard.PressAsync("Escape");
        await Expect(board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal in Awareness" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_name_that_two_customers_carry_chooses_neither()
    {
        var board = await BoardPage.Open(app);
        await board.Send(new CreateCustomer.Command("Twin Mills", Email: "one@twin.example"));
        var second = await board.Send(new CreateCustomer.Command("Twin Mills", Email: "two@twin.example"));
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal in Awareness" }).ClickAsync();
        await board.Page.Locator("form.quick input[name=title]").FillAsync("Loom sensors");
        await board.Page.Locator("form.quick input[name=customer]").FillAsync("Twin Mills");
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Page.Locator("form.quick .mistake")).ToContainTextAsync("Several customers are called Twin Mills");
        await Expect(board.Page.Locator("[data-deal]")).ToHaveCountAsync(1);
        await board.Page.Locator("form.quick [role=option]", new() { HasText = "two@twin.example" }).ClickAsync();
        await board.Page.Locator("form.quick [type=submit]").ClickAsync();
        await Expect(board.Page.Locator("[data-deal]")).ToHaveCountAsync(2);
        Assert.Single((await board.Send(new ListDeals.Query(new DealFilter { Customer = second.Id }, new PageRequest()))).Items);
    }

    [Fact]
    public async Task After_a_move_and_its_undo_the_focus_is_on_the_card()
    {
        var board = await BoardPage.Open(app);
        await board.More(2);
        await board.Reload();
        await board.CardIn(Stage.Awareness).FocusAsync();
        await board.Page.Keyboard.PressAsync("m");
        await Expect(board.Page.GetByRole(AriaRole.Dialog).Locator("[data-key='2']")).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("2");
        await Expect(board.CardIn(Stage.Consideration)).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("Control+z");
        await Expect(board.CardIn(Stage.Awareness)).ToBeFocusedAsync();
        await Expect(board.Page.Locator(".toast")).ToContainTextAsync("is back in Awareness; the move to Consideration is undone");

        // With the dialog of the missing fields in between, given up and carried out.
        await board.Page.Keyboard.PressAsync("m");
        await board.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Lost" }).ClickAsync();
        await Expect(board.Page.GetByRole(AriaRole.Dialog).Locator("select").First).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("Escape");
        await Expect(board.CardIn(Stage.Awareness)).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("m");
        await board.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Lost" }).ClickAsync();
        await board.Page.GetByRole(AriaRole.Dialog).Locator("select").First.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Page.Locator(".toast")).ToContainTextAsync("marked as lost");
        // The card lies in a closed strip now: work goes on at the one in its place.
        await Expect(board.Column(Stage.Awareness).Locator("[data-deal]:focus")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Undo_works_long_after_its_message_is_gone_and_says_when_there_is_nothing()
    {
        var board = await BoardPage.Open(app);
        await board.Page.Keyboard.PressAsync("Control+z");
        await Expect(board.Page.Locator(".toast")).ToContainTextAsync("nothing to undo");
        await board.Drag(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(board.Page.Locator(".toast [data-undo]")).ToBeVisibleAsync();
        await board.Page.Locator(".toast", new() { Has = board.Page.Locator("[data-undo]") })
            .GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Customers" }).First.ClickAsync();
        await board.Page.IsAt("**/customers");
        await board.Page.Keyboard.PressAsync("Control+z");
        await Expect(board.Page.Locator(".toast", new() { HasText = "is back in Awareness" })).ToBeVisibleAsync();
        Assert.Equal(Stage.Awareness, (await board.Now()).Stage);
    }

    [Fact]
    public async Task One_Tab_stop_a_column()
    {
        var board = await BoardPage.Open(app);
        await board.More(3);
        await board.More(2, Stage.Consideration);
        await board.Reload();
        await board.CardIn(Stage.Awareness).FocusAsync();
        List<string> stops = [];
        for (var i = 0; i < 7; i++)
        {
            stops.Add(await board.Page.EvaluateAsync<string>("document.activeElement.closest('[data-stage]')?.dataset.stage ?? '-'"));
            await board.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Equal([.. Stages.AllPlaces.Select(place => place.ToWire())], stops);
        await board.CardIn(Stage.Awareness).FocusAsync();
        await board.Column(Stage.Awareness).Locator("[data-deal]").First.FocusAsync();
        await board.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal in Awareness" })).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(board.Column(Stage.Awareness).Locator("[data-deal]").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Enter_saves_from_every_field_of_the_dialog_and_Ctrl_Enter_from_a_text()
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        await board.Page.Open($"/deals/{board.Deal.Id}");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Move to Decision…" }).ClickAsync();
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Amount").FillAsync("1200");
        await dialog.GetByLabel("Expected close").FillAsync("2031-05-06");
        await dialog.GetByLabel("Currency").FocusAsync();
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Page.Locator(".chev [aria-current=step]")).ToContainTextAsync("Decision");

        await board.Page.Locator(".chev").GetByRole(AriaRole.Button, new() { Name = "Consideration" }).ClickAsync();
        var reason = dialog.Locator("textarea");
        await Expect(reason).ToBeFocusedAsync();
        await Expect(dialog.Locator(".enter-key")).ToHaveTextAsync("Ctrl Enter");
        await Expect(dialog.Locator(".enter-key > span")).ToBeVisibleAsync();
        await board.Page.Keyboard.TypeAsync("Not ready");
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeVisibleAsync();
        await board.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(board.Page.Locator(".chev [aria-current=step]")).ToContainTextAsync("Consideration");
        await Expect(board.Page.Locator(".chev").GetByRole(AriaRole.Button, new() { Name = "Consideration" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task On_the_deal_page_forms_start_in_their_first_field_and_give_the_focus_back()
    {
        var board = await BoardPage.Open(app);
        await board.Page.Open($"/deals/{board.Deal.Id}/quotes");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Lose…" }).ClickAsync();
        await Expect(board.Page.GetByRole(AriaRole.Dialog).Locator("select").First).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("Escape");
        await Expect(board.Page.GetByRole(AriaRole.Button, new() { Name = "Lose…" })).ToBeFocusedAsync();

        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New quote" }).ClickAsync();
        await Expect(board.Page.Locator(".quote-form select").First).ToBeFocusedAsync();
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New payment" }).ClickAsync();
        await Expect(board.Page.Locator("form.pay input[name=amount]")).ToBeFocusedAsync();

        await board.Page.Locator("[data-field=title]").ClickAsync();
        await board.Page.Locator("form.editor input").FillAsync("Hall metering");
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(board.Page.Locator("[data-field=title]")).ToBeFocusedAsync();
        await Expect(board.Page.Locator("[data-field=title]")).ToContainTextAsync("Hall metering");
    }
}
