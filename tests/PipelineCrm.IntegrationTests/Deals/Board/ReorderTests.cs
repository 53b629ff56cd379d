using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>The manual order of a column: stored, shared by everybody, given by neighbours.</summary>
public sealed class ReorderTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task A_card_lies_where_it_was_put_for_everybody_and_its_version_stays()
    {
        var team = await crm.Team();
        var (rep, manager) = (await crm.User(Role.Rep, team), await crm.User(Role.Manager, team));
        var cards = await Column(rep, 5);

        await crm.Ok(new ReorderDeal.Command(cards[0], cards[2], cards[3]), rep.As());
        Assert.Equal([cards[1], cards[2], cards[0], cards[3], cards[4]], await Order(rep, rep));
        Assert.Equal(await Order(rep, rep), await Order(manager, rep));

        await crm.Ok(new ReorderDeal.Command(cards[0], null, cards[1]), manager.As());
        await crm.Ok(new ReorderDeal.Command(cards[1], cards[4], null), rep.As());
        Assert.Equal([cards[0], cards[2], cards[3], cards[4], cards[1]], await Order(rep, rep));

        Assert.All(await Read(rep, rep), deal => Assert.Equal(1, deal.Version));
        Assert.Equal(0L, await crm.Ask<long>("select count(*) from history where field = 'rank'"));
        var admin = await crm.User(Role.Admin);
        Assert.Equal(0, (await crm.Ok(new VerifyLedger.Query(), admin.As())).Differences);
    }

    [Fact]
    public async Task A_move_decided_before_a_placement_is_no_conflict_and_takes_nothing_back()
    {
        var rep = await crm.User(Role.Rep);
        var cards = await Column(rep, 3);
        var seen = await crm.Get(cards[0], rep);
        await crm.Ok(new ReorderDeal.Command(cards[0], cards[2], null), rep.As());
        var moved = await crm.Ok(seen.Move(MoveKind.Advance), rep);
        await crm.Ok(new UndoTransition.Command(moved.Transition.Id), rep.As());
        Assert.Equal([cards[1], cards[2], cards[0]], await Order(rep, rep));
    }

    [Fact]
    public async Task Cards_put_into_the_same_gap_at_once_get_places_of_their_own()
    {
        var rep = await crm.User(Role.Rep);
        var cards = await Column(rep, 24);
        // Some name the card above, some the one below: no row of theirs is the same.
        await Task.WhenAll(cards[2..].Select((card, i) =>
            crm.Ok(i % 2 == 0 ? new ReorderDeal.Command(card, cards[0], null) : new ReorderDeal.Command(card, null, cards[1]), rep.As())));
        var order = await Order(rep, rep);
        Assert.Equal((cards[0], cards[1]), (order[0], order[^1]));
        Assert.Equal(24L, await crm.Ask<long>("select count(distinct rank) from deals where owner_id = $1", rep.Value));
    }

    [Fact]
    public async Task A_card_lands_between_two_that_share_a_rank()
    {
        var rep = await crm.User(Role.Rep);
        var cards = await Column(rep, 4);
        var rank = await crm.Ask<string>("select rank from deals where id = $1", cards[1].Value);
        await crm.Ask<string>("update deals set rank = $2 where id = $1 returning rank", cards[2].Value, rank);
        var tied = (await Order(rep, rep))[1..3];

        await crm.Ok(new ReorderDeal.Command(cards[3], tied[0], tied[1]), rep.As());
        Assert.Equal([cards[0], tied[0], cards[3], tied[1]], await Order(rep, rep));
    }

    [Fact]
    public async Task A_dropped_card_of_another_stage_lands_under_the_last_one()
    {
        var rep = await crm.User(Role.Rep);
        var customer = await crm.Customer(rep);
        var there = await crm.NewDeal(rep, Stage.Consideration, customer);
        var deal = await crm.NewDeal(rep, Stage.Awareness, customer);
        await crm.Ok(deal.Move(MoveKind.Advance) with { PlaceAfter = there.Id }, rep);
        var board = await crm.Ok(new GetBoard.Query(new BoardFilter(Owner: rep)), rep.As());
        Assert.Equal([there.Id, deal.Id], board.Columns[1].Items.Select(card => card.Id));
    }

    [Fact]
    public async Task Only_who_may_move_a_deal_places_it_and_only_beside_cards_of_its_column()
    {
        var team = await crm.Team();
        var (rep, colleague, stranger) = (await crm.User(Role.Rep, team), await crm.User(Role.Rep, team), await crm.User(Role.Rep));
        var cards = await Column(rep, 3);
        var wish = new ReorderDeal.Command(cards[0], cards[1], cards[2]);
        Assert.Equal(ProblemCode.Forbidden, (await crm.No(wish, colleague.As())).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(wish, stranger.As())).Code);

        var gone = await crm.Get(cards[1], rep);
        await crm.Ok(gone.Lose(), rep);
        var (kept, elsewhere) = (await Order(rep, rep), await crm.NewDeal(rep, Stage.Consideration));
        Assert.Equal(ProblemCode.Conflict, (await crm.No(wish with { Below = null }, rep.As())).Code);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(wish with { Above = null, Below = elsewhere.Id }, rep.As())).Code);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new ReorderDeal.Command(gone.Id, cards[0], cards[2]), rep.As())).Code);
        Assert.Equal(ProblemCode.Validation, (await crm.No(wish with { Above = null, Below = null }, rep.As())).Code);
        Assert.Equal(ProblemCode.Validation, (await crm.No(wish with { Below = cards[0] }, rep.As())).Code);
        Assert.Equal(kept, await Order(rep, rep));

        await crm.Ok(wish, rep.As());
        Assert.Equal([cards[0], cards[2]], await Order(rep, rep));
    }

    [Fact]
    public async Task Closed_deals_are_listed_with_those_closed_last_first()
    {
        var rep = await crm.User(Role.Rep);
        var cards = await Column(rep, 4);
        foreach (var at in new[] { 2, 0, 3 })
        {
            await crm.Ok((await crm.Get(cards[at], rep)).Lose(), rep);
        }

        var filter = new BoardFilter(Owner: rep);
        var first = await crm.Ok(new ListClosedDeals.Query(Outcome.Lost, filter, new PageRequest(2)), rep.As());
        var second = await crm.Ok(new ListClosedDeals.Query(Outcome.Lost, filter, new PageRequest(2, first.Next)), rep.As());
        Assert.Equal([cards[3], cards[0], cards[2]], first.Items.Concat(second.Items).Select(deal => deal.Id));
        Assert.Null(second.Next);
        Assert.Empty(
            (await crm.Ok(new ListClosedDeals.Query(Outcome.Lost, filter, new PageRequest()), (await crm.User(Role.Rep)).As())).Items);
        Assert.Equal(ProblemCode.Validation,
            (await crm.No(new ListClosedDeals.Query(Outcome.Open, filter, new PageRequest()), rep.As())).Code);
        Assert.Equal(ProblemCode.Validation,
            (await crm.No(new ListClosedDeals.Query(Outcome.Lost, filter, new PageRequest(2, "no page")), rep.As())).Code);
        var unreadable = new BoardFilter(Search: "a\0b", Source: "a\0b");
        Assert.Equal(["search", "source"],
            (await crm.No(new ListClosedDeals.Query(Outcome.Lost, unreadable, new PageRequest()), rep.As())).Errors.Keys.Order());
    }

    /// <summary>Deals in Awareness, topmost first.</summary>
    private async Task<List<DealId>> Column(UserId rep, int count)
    {
        var customer = await crm.Customer(rep);
        foreach (var _ in Enumerable.Range(0, count))
        {
            await crm.NewDeal(rep, customer: customer);
        }

        return await Order(rep, rep);
    }

    private async Task<List<DealId>> Order(UserId viewer, UserId owner) => [.. (await Read(viewer, owner)).Select(deal => deal.Id)];

    private async Task<IReadOnlyList<DealView>> Read(UserId viewer, UserId owner) =>
        (await crm.Ok(new GetBoard.Query(new BoardFilter(Owner: owner)), viewer.As())).Columns[0].Items;
}
