using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>What a column holds: its order, its pages, what is searched for.</summary>
public sealed class BoardColumnTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task A_card_dropped_elsewhere_in_its_column_lies_there_for_everybody()
    {
        var team = await Team();
        var board = await BoardPage.Open(app, team: team);
        await board.More(3);
        await board.Reload();
        var first = board.Column(Stage.Awareness).Locator("[data-deal]").First;
        var (id, box) = (await first.GetAttributeAsync("data-deal"), (await first.BoundingBoxAsync())!);
        var third = (await board.Column(Stage.Awareness).Locator("[data-deal]").Nth(2).BoundingBoxAsync())!;

        await board.Page.Mouse.MoveAsync(box.X + 40, box.Y + 20);
        await board.Page.Mouse.DownAsync();
        await board.Page.Mouse.MoveAsync(box.X + 44, third.Y + 30, new() { Steps = 8 });
        await Expect(board.Page.Locator("[data-slot]")).ToBeVisibleAsync();
        await board.Page.Mouse.UpAsync();
        await Expect(board.Column(Stage.Awareness).Locator("[data-deal]").Nth(2)).ToHaveAttributeAsync("data-deal", id!);
        await Expect(board.Page.Locator("[data-pending]")).ToHaveCountAsync(0);

        await board.Reload();
        await Expect(board.Column(Stage.Awareness).Locator("[data-deal]").Nth(2)).ToHaveAttributeAsync("data-deal", id!);
        var manager = await board.Of(Role.Manager, team);
        await Expect(manager.Column(Stage.Awareness).Locator("[data-deal]").Nth(2)).ToHaveAttributeAsync("data-deal", id!);
        Assert.Equal(1, (await board.Now()).Version);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_card_dropped_under_the_last_one_of_another_column_stays_there()
    {
        var board = await BoardPage.Open(app);
        var there = await board.More(2, Stage.Consideration);
        await board.Reload();
        await board.Lift();
        var last = (await board.Column(Stage.Consideration).Locator("[data-deal]").Last.BoundingBoxAsync())!;
        await board.Page.Mouse.MoveAsync(last.X + 60, last.Y + last.Height + 120, new() { Steps = 8 });
        await board.Page.Mouse.UpAsync();
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await board.Reload();
        var order = await board.Column(Stage.Consideration).Locator("[data-deal]")
            .EvaluateAllAsync<string[]>("cards => cards.map(card => card.dataset.deal)");
        Assert.Equal([there[1].Id.ToString(), there[0].Id.ToString(), board.Deal.Id.ToString()], order);
    }

    [Fact]
    public async Task A_long_column_loads_as_it_is_scrolled_and_never_draws_more_than_four_pages()
    {
        const int all = 111;
        var board = await BoardPage.Open(app);
        await board.More(all - 1);
        await board.Reload();
        var column = board.Column(Stage.Awareness);
        var cards = column.Locator("[data-deal]");
        await Expect(column.Locator("[data-count]")).ToHaveTextAsync("111");
        await Expect(cards).Not.ToHaveCountAsync(all);

        var most = 0;
        while (!await column.Locator($"[data-deal='{board.Deal.Id}']").IsVisibleAsync())
        {
            var before = await cards.Last.GetAttributeAsync("data-deal");
            most = Math.Max(most, await cards.CountAsync());
            await cards.Last.ScrollIntoViewIfNeededAsync();
            if (await column.Locator("[data-more]").IsVisibleAsync())
            {
                await Expect(cards.Last).Not.ToHaveAttributeAsync("data-deal", before!);
            }
        }

        Assert.InRange(most, 40, 80);
        await Expect(column.Locator("[data-back]")).ToBeVisibleAsync();
        Assert.InRange(await column.Locator("[data-back]").EvaluateAsync<double>("spacer => spacer.offsetHeight"), 20 * 80, 40 * 160);
        await Expect(column.Locator("[data-count]")).ToHaveTextAsync("111");

        while (await column.Locator("[data-back]").IsVisibleAsync())
        {
            var before = await cards.First.GetAttributeAsync("data-deal");
            await cards.First.ScrollIntoViewIfNeededAsync();
            await Expect(cards.First).Not.ToHaveAttributeAsync("data-deal", before!);
        }

        await Expect(column.Locator("h3").First).ToHaveTextAsync($"Deal {all - 1}");
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task The_search_follows_the_typing_keeps_the_caret_and_leaves_no_trace_in_the_history()
    {
        var board = await BoardPage.Open(app, title: "Orchard sensors");
        var other = (await board.More(1))[0];
        await board.Reload();
        var length = await board.Page.EvaluateAsync<int>("history.length");
        var search = board.Page.GetByRole(AriaRole.Searchbox);
        await search.ClickAsync();
        await board.Page.Keyboard.TypeAsync("chard");
        await board.Page.Keyboard.PressAsync("Home");
        await board.Page.Keyboard.TypeAsync("Or");
        await board.Page.IsAt($"**/?owner={board.Me}&search=Orchard");
        await Expect(board.Page.Locator($"[data-deal='{other.Id}']")).ToHaveCountAsync(0);
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        Assert.Equal(2, await search.EvaluateAsync<int>("field => document.activeElement === field ? field.selectionStart : -1"));
        Assert.Equal(length, await board.Page.EvaluateAsync<int>("history.length"));

        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the search" }).ClickAsync();
        await Expect(search).ToBeFocusedAsync();
        await Expect(search).ToHaveValueAsync("");
        await Expect(board.Page.Locator($"[data-deal='{other.Id}']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nothing_found_is_said_over_columns_that_keep_their_height_below_their_heads_with_the_way_out()
    {
        var board = await BoardPage.Open(app);
        var before = (await board.Column(Stage.Decision).BoundingBoxAsync())!;
        await board.Page.GetByRole(AriaRole.Searchbox).FillAsync("nothing is called so");
        var nothing = board.Page.Locator("[data-nothing]");
        await Expect(nothing).ToContainTextAsync("No open deal matches the filters");
        var (said, head) = ((await nothing.Locator(".empty").BoundingBoxAsync())!,
            (await board.Column(Stage.Decision).Locator("header").BoundingBoxAsync())!);
        Assert.True(said.Y >= head.Y + head.Height, $"{said.Y} lies over the heads that end at {head.Y + head.Height}");
        Assert.Equal(before.Height, (await board.Column(Stage.Decision).BoundingBoxAsync())!.Height, 0.5);
        await Axe.NoViolations(board.Page);
        await nothing.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        await Expect(board.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_strip_says_the_same_closed_and_opened_and_opens_in_view()
    {
        var board = await BoardPage.Open(app);
        await board.Send(new MoveDeal.Command(board.Deal.Id, MoveKind.Lose, null, 1, MoveFields.None, new MoveReason("price", null), null,
            null, Guid.NewGuid().ToString()));
        await board.Reload();
        var lost = board.Page.Locator("[data-stage=lost]");
        await Expect(lost.Locator("[data-count]")).ToHaveTextAsync("1");
        await lost.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(lost).ToContainTextAsync("1 in the last 30 days");
        await Expect(lost).ToContainTextAsync("1 in all");
        await Expect(lost.Locator($"[data-deal='{board.Deal.Id}']")).ToBeVisibleAsync();
        await Expect(lost).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task On_a_phone_all_seven_places_are_reached_by_readable_tabs()
    {
        var board = await BoardPage.Open(app, width: 390);
        var tabs = board.Page.Locator("[data-tab]");
        await Expect(tabs).ToHaveCountAsync(7);
        Assert.Empty(await tabs.Locator(".short").EvaluateAllAsync<string[]>(
            "labels => labels.filter(one => one.scrollWidth > one.parentElement.clientWidth).map(one => one.textContent)"));
        foreach (var place in Stages.AllPlaces)
        {
            await board.Page.Locator($"[data-tab={place.ToWire()}]").ClickAsync();
            await Expect(board.Page.Locator($"[data-stage={place.ToWire()}]")).ToBeInViewportAsync(new() { Ratio = 0.6f });
            await Expect(board.Page.Locator($"[data-tab={place.ToWire()}]")).ToHaveAttributeAsync("aria-current", "");
        }

        await Axe.NoViolations(board.Page);
    }

    [Fact]
    public async Task On_a_phone_a_card_is_dropped_on_a_tab_and_goes_back_into_view_where_it_may_not_go()
    {
        var board = await BoardPage.Open(app, width: 390);
        await board.Lift();
        await OverTab(board, Stage.Purchase);
        await Expect(board.Column(Stage.Purchase)).ToBeInViewportAsync(new() { Ratio = 0.6f });
        await board.Page.Mouse.UpAsync();
        await board.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).First.ClickAsync();
        await Expect(board.CardIn(Stage.Awareness)).ToBeInViewportAsync();

        await board.Lift();
        await OverTab(board, Stage.Consideration);
        await board.Page.Mouse.UpAsync();
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        Assert.Equal(Stage.Consideration, (await board.Now()).Stage);
    }

    [Fact]
    public async Task On_a_phone_the_lifted_card_keeps_clear_of_the_tabs_and_the_verdict_and_the_tab_aimed_at_is_marked()
    {
        var board = await BoardPage.Open(app, width: 390);
        var finger = await board.Page.Context.NewCDPSessionAsync(board.Page);
        var card = (await board.CardIn(Stage.Awareness).BoundingBoxAsync())!;
        await Touch(finger, "touchStart", card.X + 60, card.Y + card.Height - 10);
        var ghost = board.Page.Locator("[data-ghost]");
        await Expect(ghost).ToBeVisibleAsync();
        foreach (var place in (Place[])[Place.Consideration, Place.Lost, Place.Decision])
        {
            var tab = board.Page.Locator($"[data-tab={place.ToWire()}]");
            var box = (await tab.BoundingBoxAsync())!;
            await Touch(finger, "touchMove", box.X + (box.Width / 2), box.Y + (box.Height / 2));
            await Expect(tab).ToHaveAttributeAsync("data-over", "");
            await Expect(board.Page.Locator(".tabs [data-over]")).ToHaveCountAsync(1);
            await Expect(tab).ToHaveAttributeAsync("data-verdict", new Regex("."));
            var tabs = (await board.Page.Locator(".tabs").BoundingBoxAsync())!;
            Assert.True((await ghost.BoundingBoxAsync())!.Y > tabs.Y + tabs.Height, $"the card lies over the tabs, aiming at {place}");
        }

        var verdict = board.Column(Stage.Decision).Locator(".verdict");
        await Expect(verdict).ToBeInViewportAsync(new() { Ratio = 1 });
        var said = (await verdict.BoundingBoxAsync())!;
        Assert.True((await ghost.BoundingBoxAsync())!.Y > said.Y + said.Height, "the card lies over what the column says");
        await Touch(finger, "touchEnd");
        await Expect(board.Page.Locator(".tabs [data-over]")).ToHaveCountAsync(0);
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("en", "Filters")]
    [InlineData("zh-CN", "筛选")]
    public async Task On_a_phone_the_filters_unfold_whole_and_say_how_many_are_set(string language, string name)
    {
        var team = await Team();
        var board = await BoardPage.Open(app, team: team, width: 390, language: language);
        var fold = board.Page.Locator(".more-filters");
        await Expect(fold).ToHaveTextAsync(name);
        await Expect(board.Page.Locator(".choices")).ToBeHiddenAsync();
        await Expect(board.Page.Locator(".searches")).ToBeInViewportAsync(new() { Ratio = 1 });
        await fold.ClickAsync();
        await Expect(fold).ToHaveAttributeAsync("aria-expanded", "true");
        foreach (var chip in await board.Page.Locator(".choices > .chip").AllAsync())
        {
            var box = (await chip.BoundingBoxAsync())!;
            Assert.InRange(box.X, 0, 390 - box.Width);
        }

        await board.Page.Locator(".choices select").First.SelectOptionAsync($"{team}");
        await Expect(fold.Locator("b")).ToHaveTextAsync("1");
        await Axe.NoViolations(board.Page);
        await fold.ClickAsync();
        await Expect(board.Page.Locator(".choices")).ToBeHiddenAsync();
        await Expect(fold.Locator("b")).ToHaveTextAsync("1");
    }

    private static async Task Touch(ICDPSession finger, string type, params double[] at) =>
        await finger.SendAsync("Input.dispatchTouchEvent",
            new() { ["type"] = type, ["touchPoints"] = at is [var x, var y] ? new[] { new { x, y } } : [] });

    private static async Task OverTab(BoardPage board, Stage stage)
    {
        var tab = (await board.Page.Locator($"[data-tab={stage.ToWire()}]").BoundingBoxAsync())!;
        await board.Page.Mouse.MoveAsync(tab.X + (tab.Width / 2), tab.Y + (tab.Height / 2), new() { Steps = 6 });
        await Expect(board.Column(stage)).ToHaveAttributeAsync("data-over", "");
    }

    private async Task<TeamId> Team()
    {
        await Seed.SetUp(app.Services);
        return await Seed.Team(app.Services, null);
    }
}
