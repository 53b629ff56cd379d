using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Lists;

namespace PipelineCrm.IntegrationTests.Lists;

/// <summary>Many deals moved at once: each judged by itself, all taken back together.</summary>
public sealed class BulkMoveTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task Each_is_moved_from_where_it_stands_and_all_are_taken_back()
    {
        var (rep, stranger) = (await crm.User(Role.Rep, await crm.Team()), await crm.User(Role.Rep, await crm.Team()));
        var (first, back, there, theirs) = (await Deal(rep, Stage.Awareness), await Deal(rep, Stage.Consideration),
            await Deal(rep, Stage.Consideration), await Deal(stranger, Stage.Awareness));
        var moved = await Run(Move([first, there, theirs], Place.Consideration), rep);
        Assert.Equal((1, 1, true), (moved.Changed, moved.Unchanged, moved.IsMove));
        Assert.Equal(ProblemCode.NotFound, Assert.Single(moved.Refused).Code);
        Assert.Equal(Stage.Consideration, (await crm.Get(first.Id, rep)).Stage);
        Assert.Equal(there.Version, (await crm.Get(there.Id, rep)).Version);
        Assert.Equal((short)Channel.Board,
            await crm.Ask<short>("select channel from transitions where deal_id = $1 order by seq desc limit 1", first.Id.Value));

        var undone = await Run(new UndoBulkJob.Command(moved.Id), rep);
        Assert.Equal((1, 0, true, true), (undone.Changed, undone.Refused.Count, undone.IsUndo, undone.IsMove));
        Assert.Equal(Stage.Awareness, (await crm.Get(first.Id, rep)).Stage);

        var lost = await Run(Move([await crm.Get(first.Id, rep), back], Place.Lost, new MoveReason("price", "Too dear")), rep);
        Assert.Equal(2, lost.Changed);
        Assert.All([first, back], deal => Assert.Equal((Outcome.Lost, "price"), Lost(crm.Get(deal.Id, rep).Result)));
        await Run(new UndoBulkJob.Command(lost.Id), rep);
        Assert.All([first, back], deal => Assert.Equal((Outcome.Open, null), Lost(crm.Get(deal.Id, rep).Result)));
        Assert.Equal(Stage.Consideration, (await crm.Get(back.Id, rep)).Stage);
    }

    [Fact]
    public async Task What_lacks_fields_is_told_apart_from_what_is_refused_and_a_refusal_is_kept()
    {
        var rep = await crm.User(Role.Rep);
        var (bare, early) = (await Deal(rep, Stage.Consideration), await Deal(rep, Stage.Awareness));
        var needing = await Run(Move([bare], Place.Decision), rep);
        var need = Assert.Single(needing.Refused);
        Assert.Equal(RecordRefusal.NeedsFields, need.Code);
        Assert.NotEmpty(need.Message);

        var refused = Assert.Single((await Run(Move([early], Place.PostPurchase), rep)).Refused);
        Assert.Equal(ProblemCode.MoveRefused, refused.Code);
        Assert.Equal(1L, await crm.Ask<long>("select count(*) from refusals where deal_id = $1", early.Id.Value));
        Assert.Equal(Stage.Awareness, (await crm.Get(early.Id, rep)).Stage);
    }

    [Fact]
    public async Task Fields_that_were_changed_meanwhile_are_no_conflict_and_another_stage_is()
    {
        var rep = await crm.User(Role.Rep);
        var (renamed, gone) = (await Deal(rep, Stage.Awareness), await Deal(rep, Stage.Awareness));
        await crm.Ok(new UpdateDeal.Command(renamed.Id, renamed.Version, new MoveFields().And("title", "Renamed")), rep.As());
        await Run(Move([gone], Place.Lost, new MoveReason("price", null)), rep);
        var moved = await Run(Move([renamed, gone], Place.Consideration), rep);
        Assert.Equal(1, moved.Changed);
        Assert.Equal((Stage.Consideration, "Renamed"), (await crm.Get(renamed.Id, rep)) is var now ? (now.Stage, now.Title) : default);
        Assert.Equal((ProblemCode.Conflict, gone.Id.Value), Assert.Single(moved.Refused) is var one ? (one.Code, one.Id) : default);
    }

    [Fact]
    public async Task A_whole_column_is_what_the_reader_sees_there_and_may_change()
    {
        var team = await crm.Team();
        var (manager, rep, viewer) = (await crm.User(Role.Manager, team), await crm.User(Role.Rep, team),
            await crm.User(Role.Viewer, team));
        var deals = new List<DealView>();
        for (var number = 0; number < 5; number++)
        {
            deals.Add(await Deal(rep, number < 3 ? Stage.Awareness : Stage.Consideration));
        }

        var wanted = new SelectColumn.Query(Stage.Awareness, new BoardFilter(Team: team));
        var column = await crm.Ok(wanted, manager.As());
        Assert.False(column.More);
        Assert.Equal(deals[..3].Select(deal => new SelectedDeal(deal.Id, deal.Version)).ToHashSet(), column.Deals.ToHashSet());
        Assert.Empty((await crm.Ok(wanted, viewer.As())).Deals);
        Assert.Empty((await crm.Ok(wanted, (await crm.User(Role.Rep, await crm.Team())).As())).Deals);
        Assert.Empty((await crm.Ok(wanted with { Filter = new BoardFilter(Search: "nothing like it") }, manager.As())).Deals);
    }

    [Fact]
    public async Task Customers_are_not_moved()
    {
        var rep = await crm.User(Role.Rep);
        var refused = await crm.Door.Send(
            new StartBulkJob.Command(FactSubject.Customer, [new SeenRecord(Guid.NewGuid(), 1)], JsonFieldDictionary.None,
                Move: new BulkMove(Place.Lost)), rep.As(), DealSteps.Ct);
        Assert.Equal(["move"], refused.Problem!.Errors.Keys);
    }

    private Task<BulkJobView> Run(IRequest<BulkJobView> request, UserId by) => crm.Run(request, by.As() with { Channel = Channel.Board });

    private async Task<DealView> Deal(UserId owner, Stage stage) =>
        await crm.Ok(new CreateDeal.Command(await crm.Customer(owner), "Deal", Stage: stage), owner.As());

    private static StartBulkJob.Command Move(IEnumerable<DealView> deals, Place to, MoveReason? reason = null) =>
        new(FactSubject.Deal, [.. deals.Select(deal => new SeenRecord(deal.Id.Value, deal.Version))], JsonFieldDictionary.None,
            Move: new BulkMove(to, reason));

    private static (Outcome, string?) Lost(DealView deal) => (deal.Outcome, deal.LostReason);
}
