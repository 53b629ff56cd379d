using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>What stands in the way on the board and the deal page, and the ways on.</summary>
public sealed class BoardRefusalTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task Lifting_moves_nothing_and_a_forbidden_column_opens_no_gap_but_says_the_way_on()
    {
        var board = await BoardPage.Open(app);
        await board.More(2);
        await board.More(2, Stage.Consideration);
        await board.Reload();
        var still = await Places(board.Page);
        await board.Lift();
        await Expect(board.Column(Stage.Purchase)).ToHaveAttributeAsync("data-verdict", "refused");
        Assert.Equal(still, await Places(board.Page));

        var forbidden = (await board.Column(Stage.Purchase).BoundingBoxAsync())!;
        await board.Page.Mouse.MoveAsync(forbidden.X + 60, forbidden.Y + 300, new() { Steps = 8 });
        await Expect(board.Column(Stage.Purchase)).ToHaveAttributeAsync("data-over", "");
        await Expect(board.Page.Locator("[data-slot]")).ToHaveCountAsync(0);
        await board.Page.Mouse.UpAsync();

        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("The rules do not allow skipping stages.");
        await Expect(dialog).Not.ToContainTextAsync("yet");
        await Expect(board.Page.Locator("[data-ghost]")).ToHaveCountAsync(0);
        Assert.Equal(still, await Places(board.Page));
        await Lit(board);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move to Consideration" }).ClickAsync();
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        Assert.Equal(Stage.Consideration, (await board.Now()).Stage);
    }

    [Fact]
    public async Task A_reason_left_out_is_asked_for_in_words()
    {
        var board = await BoardPage.Open(app);
        await board.CardIn(Stage.Awareness).FocusAsync();
        await board.Page.Keyboard.PressAsync("m");
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Lost" }).ClickAsync();
        await dialog.Locator("[type=submit]").ClickAsync();
        await Expect(dialog.Locator(".mistake")).ToHaveTextAsync("Choose a reason.");
    }

    [Fact]
    public async Task A_colleagues_card_says_once_whose_it_is_to_the_hand_to_the_keyboard_and_on_its_page()
    {
        var team = await Team();
        var owner = await BoardPage.Open(app, team: team);
        var board = await owner.Of(Role.Rep, team);
        var card = board.CardIn(Stage.Awareness);
        var sentence = $"This is {owner.Deal.OwnerName}'s deal. Ask {owner.Deal.OwnerName} or a manager to move it.";
        await Expect(card).ToHaveAttributeAsync("title", sentence);

        await board.Page.Locator("[data-ready]").WaitForAsync();
        var box = (await card.BoundingBoxAsync())!;
        await board.Page.Mouse.MoveAsync(box.X + 40, box.Y + 20);
        await board.Page.Mouse.DownAsync();
        await board.Page.Mouse.MoveAsync(box.X + 90, box.Y + 60, new() { Steps = 6 });
        await Expect(board.Page.Locator(".toast")).ToHaveTextAsync(sentence);
        await board.Page.Mouse.UpAsync();
        await Expect(board.Page.Locator("[data-ghost]")).ToHaveCountAsync(0);

        await board.Page.Locator(".toast").GetByRole(AriaRole.Button).ClickAsync();
        await card.FocusAsync();
        await board.Page.Keyboard.PressAsync("m");
        await Expect(board.Page.Locator(".toast")).ToHaveTextAsync(sentence);
        await Expect(board.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Axe.NoViolations(board.Page);

        await board.Page.Open($"/deals/{owner.Deal.Id}");
        await Expect(board.Page.GetByText(sentence)).ToHaveCountAsync(1);
        await Expect(board.Page.GetByText("not for your role", new() { Exact = false })).ToHaveCountAsync(0);
        await Axe.NoViolations(board.Page);
    }

    [Fact]
    public async Task A_manager_overrides_a_rule_with_a_reason_that_the_history_keeps()
    {
        var team = await Team();
        var owner = await BoardPage.Open(app, Stage.Consideration, team);
        await InPurchase(owner);
        var board = await owner.Of(Role.Manager, team);
        await board.Drag(Stage.PostPurchase);
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("The deal cannot move to Post-purchase yet");
        await Expect(dialog).ToContainTextAsync("Payments");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Override…" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Override and move" }).ClickAsync();
        await Expect(dialog.Locator(".mistake")).ToHaveCountAsync(2);
        await dialog.GetByLabel("Reason", new() { Exact = false }).First.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await dialog.GetByLabel("Explanation").FillAsync("Paid by the parent company");
        await Axe.NoViolations(board.Page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Override and move" }).ClickAsync();
        await Expect(board.CardIn(Stage.PostPurchase)).ToBeVisibleAsync();

        var last = (await board.Send(new ListTransitions.Query(board.Deal.Id, new PageRequest()))).Items[^1];
        Assert.Equal(("Paid by the parent company", board.Me), (last.Override?.Text, last.By!.Value));
        await board.Page.Open($"/deals/{board.Deal.Id}/history");
        await Expect(board.Page.GetByText("Paid by the parent company")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("Keep theirs", Stage.Awareness)]
    [InlineData("Apply mine", Stage.Consideration)]
    public async Task Two_tabs_on_one_deal_are_told_of_each_other_and_the_person_settles_it(string choice, Stage settled)
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        await AdvanceElsewhere(board);
        var (mine, theirs) = (board.Page, await board.Page.Context.NewPageAsync());
        foreach (var tab in new[] { mine, theirs })
        {
            await tab.Open($"/deals/{board.Deal.Id}");
            await Expect(tab.Locator(".chev [aria-current=step]")).ToContainTextAsync("Decision");
        }

        await Back(theirs, "Awareness");
        await Expect(theirs.Locator(".chev [aria-current=step]")).ToContainTextAsync("Awareness");
        await Back(mine, "Consideration");
        var dialog = mine.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync($"{board.Deal.OwnerName} moved it from Decision to Awareness");
        await Axe.NoViolations(mine);
        await dialog.GetByRole(AriaRole.Button, new() { Name = choice }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(mine.Locator(".chev [aria-current=step]")).ToContainTextAsync(settled.ToString());
        Assert.Equal(settled, (await board.Now()).Stage);
    }

    [Fact]
    public async Task Who_wants_what_somebody_else_has_done_meanwhile_is_told_so_and_asked_nothing()
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        await AdvanceElsewhere(board);
        await board.Page.Open($"/deals/{board.Deal.Id}");
        await Expect(board.Page.Locator(".chev [aria-current=step]")).ToContainTextAsync("Decision");
        await board.Send(new MoveDeal.Command(
            board.Deal.Id, MoveKind.Back, Place.Awareness, 2, MoveFields.None, new MoveReason(null, "Not ready"), null, null,
            Guid.NewGuid().ToString()));
        await Back(board.Page, "Awareness");
        await Expect(board.Page.GetByText($"{board.Deal.OwnerName} had already moved it to Awareness")).ToBeVisibleAsync();
        await Expect(board.Page.Locator(".chev [aria-current=step]")).ToContainTextAsync("Awareness");
        await Expect(board.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal(3, (await board.Now()).Version);
    }

    [Fact]
    public async Task The_menu_of_a_card_that_somebody_moved_meanwhile_starts_from_where_it_is_now()
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        await board.CardIn(Stage.Consideration).FocusAsync();
        await AdvanceElsewhere(board);
        await Expect(board.CardIn(Stage.Decision)).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("Space");
        await Expect(board.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("It stands in Decision");
    }

    private static Task<MoveResult> AdvanceElsewhere(BoardPage board) => board.Send(new MoveDeal.Command(
        board.Deal.Id, MoveKind.Advance, null, 1, new MoveFields { Amount = 10m, ExpectedClose = new DateOnly(2031, 1, 1) }, null, null,
        null, Guid.NewGuid().ToString()));

    [Fact]
    public async Task At_most_one_undo_is_offered_and_a_long_title_makes_no_large_message()
    {
        var board = await BoardPage.Open(app, title: string.Join(' ', Enumerable.Repeat("endless", 24)));
        await board.Drag(Stage.Consideration);
        await Expect(board.Page.Locator(".toast")).ToContainTextAsync("moved to Consideration");
        await board.Drag(Stage.Awareness);
        await board.Page.GetByRole(AriaRole.Dialog).GetByLabel("Explanation").FillAsync("Too early");
        await board.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save and move" }).ClickAsync();
        await Expect(board.Page.Locator(".toast")).ToContainTextAsync("moved to Awareness");
        await Expect(board.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToHaveCountAsync(1);
        Assert.True((await board.Page.Locator(".toast").BoundingBoxAsync())!.Height < 80);
    }

    private static async Task Back(IPage page, string stage)
    {
        await page.Locator(".chev").GetByRole(AriaRole.Button, new() { Name = stage }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Explanation").FillAsync("Not ready");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save and move" }).ClickAsync();
    }

    /// <summary>An amount, a quote, no payment: all that Purchase asks for and not what comes after.</summary>
    private static async Task InPurchase(BoardPage board)
    {
        var basics = new MoveFields { Amount = 10m, ExpectedClose = new DateOnly(2031, 1, 1) };
        await board.Send(new PipelineCrm.Customers.AddContact.Command(board.Deal.CustomerId, "Contact", DecisionMaker: true));
        var decided = await board.Send(
            new MoveDeal.Command(board.Deal.Id, MoveKind.Advance, null, 1, basics, null, null, null, Guid.NewGuid().ToString()));
        await board.Send(new MoveDeal.Command(board.Deal.Id, MoveKind.Advance, null, decided.Deal.Version, MoveFields.None, null, null,
            null, Guid.NewGuid().ToString()));
    }

    /// <summary>The light of the dialog is on the card, to the pixel.</summary>
    private static async Task Lit(BoardPage board)
    {
        var box = (await board.CardIn(Stage.Awareness).BoundingBoxAsync())!;
        var hole = await board.Page.Locator("dialog").EvaluateAsync<string>("dialog => dialog.style.getPropertyValue('--hole')");
        var corner = System.Text.RegularExpressions.Regex.Match(hole, @"ZM(?<x>[\d.]+) (?<y>[\d.]+)H");
        Assert.Equal((box.X, box.Y), (float.Parse(corner.Groups["x"].Value, System.Globalization.CultureInfo.InvariantCulture),
            float.Parse(corner.Groups["y"].Value, System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Where everything lies.</summary>
    private static Task<string[]> Places(IPage page) => page.Locator("[data-stage], [data-deal], .cards").EvaluateAllAsync<string[]>(
        "all => all.map(one => [one.getBoundingClientRect()].map(box => [box.left, box.top, box.width, box.height].map(Math.round).join())[0])");

    private async Task<TeamId> Team()
    {
        await Seed.SetUp(app.Services);
        return await Seed.Team(app.Services, null);
    }
}
