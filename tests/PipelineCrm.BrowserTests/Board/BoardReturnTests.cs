using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>Leaving the board for a deal, and coming back to what was left.</summary>
public sealed class BoardReturnTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_whole_card_opens_and_the_way_back_brings_filter_pages_scroll_and_focus(bool byButton)
    {
        var board = await BoardPage.Open(app, title: "Target of them all");
        await board.More(50);
        await board.Page.Open("/?search=of+them&owner=all");
        await Expect(board.Page.Locator("[data-deal]")).ToHaveCountAsync(1);
        await board.Page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await Expect(board.Page.Locator("[data-deal]")).ToHaveCountAsync(20);

        var cards = board.Column(Stage.Awareness).Locator(".cards");
        foreach (var last in (int[])[39, 50])
        {
            await cards.EvaluateAsync("cards => cards.scrollTo(0, cards.scrollHeight)");
            await Expect(board.Page.Locator("[data-deal]").Nth(last)).ToBeAttachedAsync();
        }

        await board.Page.WaitForFunctionAsync(RestsAtItsEnd);
        var card = board.CardIn(Stage.Awareness);
        await Expect(card).ToBeInViewportAsync();
        var (address, top) = (board.Page.Url, await cards.EvaluateAsync<double>("cards => cards.scrollTop"));
        var box = (await card.BoundingBoxAsync())!;

        await card.ClickAsync(new() { Position = new() { X = box.Width / 2, Y = box.Height - 12 } });
        await board.Page.IsAt($"**/deals/{board.Deal.Id}");
        await Expect(board.Page.Locator(".chev")).ToBeVisibleAsync();
        if (byButton)
        {
            await board.Page.GetByRole(AriaRole.Link, new() { Name = "Board" }).Last.ClickAsync();
        }
        else
        {
            await board.Page.GoBackAsync();
        }

        await Expect(card).ToBeFocusedAsync();
        Assert.Equal(address, board.Page.Url);
        await Expect(board.Page.Locator("[data-deal]")).ToHaveCountAsync(51);
        Assert.Equal(top, await board.Column(Stage.Awareness).Locator(".cards").EvaluateAsync<double>("cards => cards.scrollTop"), 2.0);
        Assert.Empty(app.Trouble);
    }

    /// <summary>What came with the last page has its place: a card that is clicked does not move away below the pointer.</summary>
    private const string RestsAtItsEnd = """
        async () => {
          const cards = document.querySelector('[data-stage=awareness] .cards');
          const height = cards.scrollHeight;
          cards.scrollTo(0, height);
          for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
          return cards.scrollHeight === height && cards.scrollTop + cards.clientHeight >= height - 1;
        }
        """;

    [Fact]
    public async Task A_board_that_is_still_seen_while_the_next_page_is_on_its_way_does_not_take_its_address_for_its_own()
    {
        var board = await BoardPage.Open(app);
        await board.Page.Locator(".board-page").DispatchEventAsync("click");
        var before = await Kept(board.Page);
        Assert.Contains("\"at\":\"/\"", before, StringComparison.Ordinal);
        await board.Page.EvaluateAsync("history.pushState({ _index: (history.state?._index ?? 0) + 1 }, '', '/deals/on-its-way')");
        await board.Page.Locator(".board-page").DispatchEventAsync("click");
        Assert.Equal(before, await Kept(board.Page));
    }

    private static Task<string> Kept(IPage page) => page.EvaluateAsync<string>("sessionStorage.getItem('board.return')");

    [Fact]
    public async Task A_rep_starts_on_their_own_deals_and_the_browser_remembers_otherwise_but_the_address_wins()
    {
        await Seed.SetUp(app.Services);
        var team = await Seed.Team(app.Services, null);
        var colleague = await BoardPage.Open(app, team: team, title: "The colleague's");
        var board = await BoardPage.Open(app, team: team, title: "My own");
        var theirs = board.Page.Locator($"[data-deal='{colleague.Deal.Id}']");
        var mine = board.Page.GetByRole(AriaRole.Button, new() { Name = "Mine" });
        await Expect(mine).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(theirs).ToHaveCountAsync(0);
        await Expect(board.Page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" })).ToHaveCountAsync(0);

        await mine.ClickAsync();
        await Expect(theirs).ToBeVisibleAsync();
        await board.Page.Open("/");
        await Expect(theirs).ToBeVisibleAsync();
        await Expect(mine).ToHaveAttributeAsync("aria-pressed", "false");
        await board.Page.Open($"/?owner={board.Me}");
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        await Expect(theirs).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_the_address_asks_for_and_nobody_knows_is_told()
    {
        var board = await BoardPage.Open(app);
        await board.Page.Open("/?owner=me-or-so&source=telegraph&onwer=1");
        var told = board.Page.Locator(".wrong-address");
        await Expect(told).ToContainTextAsync("owner=me-or-so");
        await Expect(told).ToContainTextAsync("source=telegraph");
        await Expect(told).ToContainTextAsync("onwer=1");
        await Axe.NoViolations(board.Page);
        await told.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(told).ToHaveCountAsync(0);
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Heads_are_equally_high_and_the_verdict_lies_within_them_over_all_of_the_sums()
    {
        var board = await BoardPage.Open(app);
        foreach (var currency in (string[])["USD", "EUR", "CNY", "GBP", "CHF", "SEK"])
        {
            await board.Send(
                new CreateDeal.Command(board.Deal.CustomerId, $"In {currency}", 1_234_567.89m, currency, Stage: Stage.Consideration));
        }

        await board.Reload();
        var heads = await board.Page.Locator(".col > header")
            .EvaluateAllAsync<double[]>("heads => heads.map(head => head.getBoundingClientRect().height)");
        Assert.Equal(5, heads.Length);
        Assert.All(heads, height => Assert.Equal(heads[0], height, 0.5));
        await board.Lift();
        await Expect(board.Column(Stage.Purchase)).ToHaveAttributeAsync("data-verdict", "refused");
        var covered = await board.Page.Locator(".col").EvaluateAllAsync<string[]>(
            """
            columns => columns.filter(column => {
              const [verdict, head, sums] = ['.verdict', ':scope > header', '.sums'].map(part => column.querySelector(part));
              const [box, under] = [verdict.getBoundingClientRect(), head.getBoundingClientRect()];
              return box.bottom > under.bottom || box.height < 30 || getComputedStyle(sums).visibility !== 'hidden';
            }).map(column => column.dataset.stage)
            """);
        Assert.Empty(covered);
        await board.Page.Keyboard.PressAsync("Escape");
        await board.Page.Mouse.UpAsync();
    }

    [Fact]
    public async Task A_lost_card_says_the_reason_and_a_colleagues_card_shows_its_lock_under_the_hand_only()
    {
        await Seed.SetUp(app.Services);
        var team = await Seed.Team(app.Services, null);
        var owner = await BoardPage.Open(app, team: team);
        var board = await owner.Of(Role.Rep, team);
        var card = board.CardIn(Stage.Awareness);
        await board.Page.Mouse.MoveAsync(5, 5);
        await Expect(card.Locator(".locked")).ToHaveCSSAsync("opacity", "0");
        await card.HoverAsync();
        await Expect(card.Locator(".locked")).ToHaveCSSAsync("opacity", "1");

        await owner.Send(new MoveDeal.Command(owner.Deal.Id, MoveKind.Lose, null, 1, MoveFields.None, new MoveReason("price", null), null,
            null, Guid.NewGuid().ToString()));
        await owner.Reload();
        await owner.Page.Locator("[data-stage=lost]").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(owner.Page.Locator($"[data-stage=lost] [data-deal='{owner.Deal.Id}'] .lost")).ToContainTextAsync("Awareness: Price");
    }
}
