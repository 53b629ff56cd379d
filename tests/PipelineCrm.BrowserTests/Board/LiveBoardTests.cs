using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>What others do appears on an open board by itself, and disturbs nobody who works on it.</summary>
public sealed class LiveBoardTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task A_colleagues_move_appears_with_its_counts_and_sums_while_the_focus_stays()
    {
        var (rep, manager) = await Both();
        var deals = await rep.More(2);
        await Expect(Card(manager.Page, deals[1])).ToBeVisibleAsync();
        await Expect(Count(manager, Stage.Awareness)).ToHaveTextAsync("3");
        await Card(manager.Page, deals[0]).FocusAsync();
        var before = await Live(manager);

        // By hand on the other board, whose own card moves at once.
        await rep.Drag(Stage.Consideration);
        await Expect(rep.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(manager.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(Count(manager, Stage.Awareness)).ToHaveTextAsync("2");
        await Expect(Count(manager, Stage.Consideration)).ToHaveTextAsync("1");
        await Expect(Card(manager.Page, deals[0])).ToBeFocusedAsync();

        await rep.Send(
            new UpdateDeal.Command(rep.Deal.Id, 2, new MoveFields { Amount = 700m, Currency = "EUR", Title = "Metering for all" }));
        await Expect(manager.CardIn(Stage.Consideration)).ToContainTextAsync("Metering for all");
        await Expect(manager.Column(Stage.Consideration).Locator("[data-total]")).ToContainTextAsync("700");

        // A card that is put elsewhere, and one that is put around the focused one.
        await rep.Send(new ReorderDeal.Command(deals[1].Id, deals[0].Id, null));
        await Expect(manager.Column(Stage.Awareness).Locator("[data-deal]").Last).ToHaveAttributeAsync("data-deal", deals[1].Id.ToString());
        await Expect(Card(manager.Page, deals[0])).ToBeFocusedAsync();
        await rep.Send(deals[0].Move(1));
        await Expect(manager.Column(Stage.Consideration).Locator($"[data-deal='{deals[0].Id}']")).ToBeFocusedAsync();

        await rep.Send(new ArchiveDeal.Command(deals[1].Id, 1));
        await Expect(Card(manager.Page, deals[1])).ToHaveCountAsync(0);
        Assert.True(await Live(manager) > before);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task Nothing_moves_while_a_card_is_in_hand_and_all_of_it_after()
    {
        var (rep, manager) = await Both();
        var deals = await rep.More(2);
        await Expect(Card(manager.Page, deals[1])).ToBeVisibleAsync();
        var number = await Live(manager);
        await manager.Lift();
        await rep.Send(deals[0].Move(1));
        await Expect(rep.Column(Stage.Consideration).Locator($"[data-deal='{deals[0].Id}']")).ToBeVisibleAsync();
        Assert.Equal(number, await Live(manager));
        await Expect(manager.Column(Stage.Awareness).Locator($"[data-deal='{deals[0].Id}']")).ToBeVisibleAsync();

        await manager.Page.Keyboard.PressAsync("Escape");
        await manager.Page.Mouse.UpAsync();
        await Expect(manager.Column(Stage.Consideration).Locator($"[data-deal='{deals[0].Id}']")).ToBeVisibleAsync();

        // A press that becomes no drag holds nothing back either.
        await Card(manager.Page, deals[1])
            .DispatchEventAsync("pointerdown", new { button = 0, isPrimary = true, pointerId = 1, pointerType = "mouse" });
        await manager.Page.EvaluateAsync("dispatchEvent(new PointerEvent('pointerup', { pointerId: 1 }))");
        await rep.Send(deals[1].Move(1));
        await Expect(manager.Column(Stage.Consideration).Locator($"[data-deal='{deals[1].Id}']")).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task Of_a_hidden_deal_nothing_appears_not_even_a_number()
    {
        var rep = await BoardPage.Open(app);
        var (stranger, _) = await Seed.User(app.Services, Role.Rep, null);
        var hidden = (await app.Door.Send(
            new CreateDeal.Command(rep.Deal.CustomerId, "Hidden"), new Caller(stranger, Channel.Page),
            TestContext.Current.CancellationToken)).Value!;
        var number = await Live(rep);
        await app.Door.Send(hidden.Move(hidden.Version), new Caller(stranger, Channel.Page), TestContext.Current.CancellationToken);

        // What comes after it is seen: so it was there to be seen.
        await rep.Send(rep.Deal.Move(1));
        await Expect(rep.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(Card(rep.Page, hidden)).ToHaveCountAsync(0);
        await Expect(Count(rep, Stage.Consideration)).ToHaveTextAsync("1");
        await Expect(Count(rep, Stage.Awareness)).ToHaveTextAsync("0");
        await Expect(rep.Page.Locator(".board-page")).Not.ToHaveAttributeAsync("data-live",
            number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(await Live(rep) > number);
    }

    private async Task<(BoardPage Rep, BoardPage Manager)> Both()
    {
        var team = await Seed.Team(app.Services, null);
        var rep = await BoardPage.Open(app, team: team);
        return (rep, await rep.Of(Role.Manager, team));
    }

    private static ILocator Card(IPage page, DealView deal) => page.Locator($"[data-deal='{deal.Id}']");

    private static ILocator Count(BoardPage board, Stage stage) => board.Column(stage).Locator("[data-count]");

    private static async Task<long> Live(BoardPage board) =>
        long.Parse((await board.Page.Locator(".board-page").GetAttributeAsync("data-live"))!,
            System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The step from Awareness to Consideration.</summary>
internal static class OneStep
{
    public static MoveDeal.Command Move(this DealView deal, long version) => new(
        deal.Id, MoveKind.Advance, Place.Consideration, version, MoveFields.None, null, null, null, Guid.NewGuid().ToString("N"));
}
