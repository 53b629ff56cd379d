using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Deals;

public sealed class BoardTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task Counts_and_sums_are_those_of_the_cards_through_moves_changes_undo_and_folding()
    {
        var random = new Random(7301);
        var team = await crm.Team();
        var reps = new[] { await crm.User(Role.Rep, team), await crm.User(Role.Rep, team), await crm.User(Role.Rep) };
        var manager = await crm.User(Role.Manager, team);
        foreach (var round in Enumerable.Range(0, 24))
        {
            await Step(random, reps[random.Next(reps.Length)]);
            if (round % 6 == 5)
            {
                await Fold();
            }

            foreach (var viewer in new[] { reps[0], reps[2], manager })
            {
                await Compare(viewer, new BoardFilter());
            }
        }

        await Compare(manager, new BoardFilter(Owner: reps[0]));
        await Compare(manager, new BoardFilter(Team: team));
        await Compare(manager, new BoardFilter(Search: "deal"));
        await Compare(manager, new BoardFilter(Source: "event"));
        Assert.Empty(
            (await crm.Ok(new GetBoard.Query(new BoardFilter(Owner: reps[2])), manager.As())).Columns.SelectMany(column => column.Items));
    }

    [Fact]
    public async Task A_column_goes_on_by_pages_in_its_order_without_gaps_or_repeats()
    {
        var rep = await crm.User(Role.Rep);
        var customer = await crm.Customer(rep);
        foreach (var _ in Enumerable.Range(0, 7))
        {
            await crm.NewDeal(rep, customer: customer);
        }

        var whole = await crm.Ok(new GetBoard.Query(new BoardFilter(Owner: rep)), rep.As());
        var first = await crm.Ok(new GetBoard.Query(new BoardFilter(Owner: rep), Limit: 3), rep.As());
        var paged = first.Columns[0].Items.ToList();
        var next = first.Columns[0].Next;
        while (next is not null)
        {
            var page = await crm.Ok(new GetBoardColumn.Query(Stage.Awareness, new BoardFilter(Owner: rep), new PageRequest(3, next)),
                rep.As());
            paged.AddRange(page.Items);
            next = page.Next;
        }

        Assert.Equal(7, first.Columns[0].Count);
        Assert.Equal(whole.Columns[0].Items.Select(deal => deal.Id), paged.Select(deal => deal.Id));
        Assert.Equal(["after"], (await crm.No(new GetBoardColumn.Query(Stage.Awareness, new BoardFilter(), new PageRequest(3, "no page")),
            rep.As())).Errors.Keys);
    }

    [Fact]
    public async Task A_column_says_what_the_rules_in_force_say_of_it()
    {
        var board = await crm.Ok(new GetBoard.Query(new BoardFilter()), (await crm.User(Role.Rep)).As());
        Assert.Equal([true, true, false, false, false], board.Columns.Select(column => column.MayCreate));
        Assert.All(board.Columns, column => Assert.NotNull(column.MaxDays));
        var seen = await crm.Ok(new GetBoard.Query(new BoardFilter()), (await crm.User(Role.Viewer)).As());
        Assert.DoesNotContain(seen.Columns, column => column.MayCreate);
    }

    private async Task Step(Random random, UserId rep)
    {
        var deals = (await crm.Ok(new ListDeals.Query(new DealFilter(Owner: rep, Outcome: Outcome.Open), new PageRequest(200)),
            rep.As())).Items;
        if (deals.Count == 0 || random.Next(3) == 0)
        {
            await crm.NewDeal(rep, random.Next(2) == 0 ? Stage.Awareness : Stage.Consideration);
            return;
        }

        var deal = deals[random.Next(deals.Count)];
        switch (random.Next(4))
        {
            case 0:
                var lost = await crm.Ok(deal.Lose(), rep);
                if (random.Next(2) == 0)
                {
                    await crm.Ok(new UndoTransition.Command(lost.Transition.Id), rep.As());
                }

                break;
            case 1:
                await crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields
                {
                    Amount = random.Next(1, 999),
                    Currency = random.Next(2) == 0 ? "USD" : "EUR",
                    Source = "event"
                }), rep.As());
                break;
            default:
                await crm.AdvanceTo(deal, deal.Stage < Stage.PostPurchase ? deal.Stage + 1 : deal.Stage, rep);
                break;
        }
    }

    private async Task Compare(UserId viewer, BoardFilter filter)
    {
        var board = await crm.Ok(new GetBoard.Query(filter, PageRequest.MaxLimit), viewer.As());
        foreach (var column in board.Columns)
        {
            Assert.Null(column.Next);
            Assert.All(column.Items, deal => Assert.Equal(new Position(column.Stage, Outcome.Open), deal.Position));
            Assert.Equal(column.Items.Count, column.Count);
            var sums = column.Items.Where(deal => deal.Amount is not null).GroupBy(deal => deal.Currency!)
                .ToDictionary(group => group.Key, group => group.Sum(deal => deal.Amount!.Value));
            Assert.Equal(sums.OrderBy(sum => sum.Key),
                column.Totals.ToDictionary(sum => sum.Currency, sum => sum.Amount).OrderBy(sum => sum.Key));
        }

        var lost = await crm.Ok(new ListDeals.Query(new DealFilter(Outcome: Outcome.Lost, Owner: filter.Owner, Team: filter.Team,
            Search: filter.Search, Source: filter.Source), new PageRequest(200)), viewer.As());
        Assert.Equal(new BoardStrip(lost.Items.Count, lost.Items.Count), board.Lost);
    }

    private async Task Fold()
    {
        await using var scope = crm.Services.CreateAsyncScope();
        await BoardTotalsProjection.CatchUpNow(scope.ServiceProvider.GetRequiredService<CrmDbContext>(),
            TestContext.Current.CancellationToken);
    }
}
