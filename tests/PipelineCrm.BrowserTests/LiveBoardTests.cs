using Microsoft.Playwright;
using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests;

/// <summary>What others do appears on an open board by itself, and disturbs nobody who works on it.</summary>
public sealed class LiveBoardTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task A_colleagues_move_appears_with_its_counts_and_sums_while_the_focus_stays()
    {
        var (rep, manager) = await BothAsync();
        var deals = await rep.MoreAsync(2);
        await Expect(Card(manager.Page, deals[1])).ToBeVisibleAsync();
        await Expect(Count(manager, Stage.Awareness)).ToHaveTextAsync("3");
        await Card(manager.Page, deals[0]).FocusAsync();
        var before = await LiveAsync(manager);

        // By hand on the other board, whose own card moves at once.
        await rep.DragAsync(Stage.Consideration);
        await Expect(rep.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(manager.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(Count(manager, Stage.Awareness)).ToHaveTextAsync("2");
        await Expect(Count(manager, Stage.Consideration)).ToHaveTextAsync("1");
        await Expect(Card(manager.Page, deals[0])).ToBeFocusedAsync();

        await rep.SendAsync(new UpdateDeal.Command(rep.Deal.Id, 2, new MoveFields { Amount = 700m, Currency = "EUR", Title = "Metering for all" }));
        await Expect(manager.CardIn(Stage.Consideration)).ToContainTextAsync("Metering for all");
        await Expect(manager.Column(Stage.Consideration).Locator("[data-total]")).ToContainTextAsync("700");

        // A card that is put elsewhere, and one that is put around the focused one.
        await rep.SendAsync(new PlaceDeal.Command(deals[1].Id, deals[0].Id, null));
        await Expect(manager.Column(Stage.Awareness).Locator("[data-deal]").Last).ToHaveAttributeAsync("data-deal", deals[1].Id.ToString());
        await Expect(Card(manager.Page, deals[0])).ToBeFocusedAsync();
        await rep.SendAsync(deals[0].Move(1));
        await Expect(manager.Column(Stage.Consideration).Locator($"[data-deal='{deals[0].Id}']")).ToBeFocusedAsync();

        await rep.SendAsync(new ArchiveDeal.Command(deals[1].Id, 1));
        await Expect(Card(manager.Page, deals[1])).ToHaveCountAsync(0);
        Assert.True(await LiveAsync(manager) > before);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task Nothing_moves_while_a_card_is_in_hand_and_all_of_it_after()
    {
        var (rep, manager) = await BothAsync();
        var deals = await rep.MoreAsync(2);
        await Expect(Card(manager.Page, deals[1])).ToBeVisibleAsync();
        var number = await LiveAsync(manager);
        await manager.LiftAsync();
        await rep.SendAsync(deals[0].Move(1));
        await Expect(rep.Column(Stage.Consideration).Locator($"[data-deal='{deals[0].Id}']")).ToBeVisibleAsync();
        Assert.Equal(number, await LiveAsync(manager));
        await Expect(manager.Column(Stage.Awareness).Locator($"[data-deal='{deals[0].Id}']")).ToBeVisibleAsync();

        await manager.Page.Keyboard.PressAsync("Escape");
        await manager.Page.Mouse.UpAsync();
        await Expect(manager.Column(Stage.Consideration).Locator($"[data-deal='{deals[0].Id}']")).ToBeVisibleAsync();

        // A press that becomes no drag holds nothing back either.
        await Card(manager.Page, deals[1]).DispatchEventAsync("pointerdown", new { button = 0, isPrimary = true, pointerId = 1, pointerType = "mouse" });
        await manager.Page.EvaluateAsync("dispatchEvent(new PointerEvent('pointerup', { pointerId: 1 }))");
        await rep.SendAsync(deals[1].Move(1));
        await Expect(manager.Column(Stage.Consideration).Locator($"[data-deal='{deals[1].Id}']")).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task Of_a_hidden_deal_nothing_appears_not_even_a_number()
    {
        var rep = await BoardPage.OpenAsync(app);
        var (stranger, _) = await Seed.UserAsync(app.Services, Role.Rep, null);
        var hidden = (await app.Door.Send(
            new CreateDeal.Command(rep.Deal.CustomerId, "Hidden"), new Caller(stranger, Channel.Page), TestContext.Current.CancellationToken)).Value!;
        var number = await LiveAsync(rep);
        await app.Door.Send(hidden.Move(hidden.Version), new Caller(stranger, Channel.Page), TestContext.Current.CancellationToken);

        // What comes after it is seen: so it was there to be seen.
        await rep.SendAsync(rep.Deal.Move(1));
        await Expect(rep.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(Card(rep.Page, hidden)).ToHaveCountAsync(0);
        await Expect(Count(rep, Stage.Consideration)).ToHaveTextAsync("1");
        await Expect(Count(rep, Stage.Awareness)).ToHaveTextAsync("0");
        await Expect(rep.Page.Locator(".board-page")).Not.ToHaveAttributeAsync("data-live", number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(await LiveAsync(rep) > number);
    }

    private async Task<(BoardPage Rep, BoardPage Manager)> BothAsync()
    {
        var team = await Seed.TeamAsync(app.Services, null);
        var rep = await BoardPage.OpenAsync(app, team: team);
        return (rep, await rep.OfAsync(Role.Manager, team));
    }

    private static ILocator Card(IPage page, DealView deal) => page.Locator($"[data-deal='{deal.Id}']");

    private static ILocator Count(BoardPage board, Stage stage) => board.Column(stage).Locator("[data-count]");

    private static async Task<long> LiveAsync(BoardPage board) =>
        long.Parse((await board.Page.Locator(".board-page").GetAttributeAsync("data-live"))!, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The step from Awareness to Consideration.</summary>
internal static class OneStep
{
    public static MoveDeal.Command Move(this DealView deal, long version) => new(
        deal.Id, MoveKind.Advance, Place.Consideration, version, MoveFields.None, null, null, null, Guid.NewGuid().ToString("N"));
}
