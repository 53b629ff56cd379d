using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

public sealed class UndoTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task Undo_gives_back_place_clock_won_and_what_the_move_wrote()
    {
        var rep = await crm.User(Role.Rep);
        var before = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.Decision, rep);
        var fields = new MoveFields { Amount = 77m, Title = "Written by the move" };
        var moved = await crm.Ok(before.Move(MoveKind.Advance) with { Fields = fields }, rep);
        Assert.NotNull(moved.Deal.WonAt);
        var undone = await crm.Ok(new UndoTransition.Command(moved.Transition.Id), rep.As());
        Assert.Equal(before with { Version = before.Version + 2, SecondsInStage = null }, undone.Deal with { SecondsInStage = null });
        Assert.Equal((MoveKind.Undo, Place.Purchase, Place.Decision),
            (undone.Transition.Kind, undone.Transition.From, undone.Transition.To));
        Assert.Equal(PurchaseStatus.Decision, (await crm.Ok(new GetCustomer.Query(before.CustomerId), rep.As())).Status);

        var ledger = (await crm.Ok(new ListTransitions.Query(before.Id, new PageRequest()), rep.As())).Items;
        Assert.Equal(undone.Transition.Id, ledger[^2].UndoneBy);
        Assert.Equal([false, false, true, false, false], ledger.Select(row => row.MayUndo));
        Assert.Equal(ProblemCode.MoveRefused, (await crm.No(new UndoTransition.Command(moved.Transition.Id), rep.As())).Code);
        Assert.Equal(ProblemCode.MoveRefused, (await crm.No(new UndoTransition.Command(undone.Transition.Id), rep.As())).Code);
    }

    [Fact]
    public async Task Fields_changed_since_are_asked_about_one_by_one()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        var moved = await crm.Ok(deal.Move(MoveKind.Advance) with { Fields = new() { Amount = 10m, Title = "Moved" } }, rep);
        await crm.Ok(new UpdateDeal.Command(deal.Id, 2, new MoveFields { Amount = 20m, Title = "Later" }), rep.As());
        var asked = await crm.No(new UndoTransition.Command(moved.Transition.Id), rep.As());
        Assert.Equal(ProblemCode.FieldsChanged, asked.Code);
        Assert.Equal(["amount", "title"], Assert.IsType<UndoDetail>(asked.Detail).Fields.Order(StringComparer.Ordinal));
        var choices = new Dictionary<string, UndoChoice> { ["amount"] = UndoChoice.Keep, ["title"] = UndoChoice.Restore };
        var undone = await crm.Ok(new UndoTransition.Command(moved.Transition.Id, choices), rep.As());
        Assert.Equal((20m, deal.Title, Stage.Awareness), (undone.Deal.Amount, undone.Deal.Title, undone.Deal.Stage));
    }

    [Fact]
    public async Task Only_the_latest_is_undone_and_repeated_undo_walks_back_to_nothing()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        var first = await crm.Ok(deal.Move(MoveKind.Advance), rep);
        var second = await crm.Ok(first.Deal.Lose(), rep);
        var notLatest = await crm.No(new UndoTransition.Command(first.Transition.Id), rep.As());
        Assert.Equal(ProblemCode.NotLatest, notLatest.Code);
        Assert.Equal(second.Transition.Id, Assert.Single(Assert.IsType<UndoDetail>(notLatest.Detail).Later).Id);
        Assert.Null((await crm.Ok(new UndoTransition.Command(second.Transition.Id), rep.As())).Deal.LostReason);
        await crm.Ok(new UndoTransition.Command(first.Transition.Id), rep.As());
        var create = (await crm.Ok(new ListTransitions.Query(deal.Id, new PageRequest()), rep.As())).Items[0];
        await crm.Ok(new UndoTransition.Command(create.Id), rep.As());
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new GetDeal.Query(deal.Id), rep.As())).Code);
        Assert.Equal(PurchaseStatus.None, (await crm.Ok(new GetCustomer.Query(deal.CustomerId), rep.As())).Status);
    }

    [Fact]
    public async Task A_deal_whose_opening_is_undone_is_void_with_all_that_hangs_on_it()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        await crm.Ok(new AddPayment.Command(deal.Id, 12.5m, "EUR", PaymentMethod.Cash), rep.As());
        await crm.Ok(new AddPayment.Command(deal.Id, 7, "USD", PaymentMethod.Cash), rep.As());
        await crm.Ok(new AddPayment.Command(deal.Id, 3, "USD", PaymentMethod.Cash), rep.As());
        var counted = await crm.Ok(new CountDealChildren.Query(deal.Id), rep.As());
        Assert.Equal((0, 3), (counted.Quotes, counted.Payments));
        Assert.Equal([new Money(12.5m, "EUR"), new Money(10, "USD")], counted.Paid);

        var create = Assert.Single((await crm.Ok(new ListTransitions.Query(deal.Id, new PageRequest()), rep.As())).Items);
        Assert.True((await crm.Ok(new UndoTransition.Command(create.Id), rep.As())).Deal.Void);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new CountDealChildren.Query(deal.Id), rep.As())).Code);
        Assert.DoesNotContain((await crm.Ok(new GetBoard.Query(new BoardFilter()), rep.As())).Columns, column => column.Count > 0);
        Assert.Empty((await crm.Ok(new ListDeals.Query(new DealFilter(), new PageRequest()), rep.As())).Items);
    }

    [Fact]
    public async Task What_a_referral_opened_becomes_void_if_untouched()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.Purchase, rep);
        var friend = await crm.Customer(rep);
        var referred = await crm.Ok(deal.Move(MoveKind.Refer) with { CustomerId = friend }, rep);
        await crm.Ok(new UndoTransition.Command(referred.Transition.Id), rep.As());
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new GetDeal.Query(referred.Created!.Id), rep.As())).Code);
        Assert.True(await crm.Ask<bool>("select referrer_id is null and status = 0 from customers where id = $1", friend.Value));

        var again = await crm.Ok((await crm.Get(deal.Id, rep)).Move(MoveKind.Refer) with { CustomerId = friend }, rep);
        await crm.Ok(again.Created!.Move(MoveKind.Advance), rep);
        Assert.Equal(ProblemCode.HasFollowers, (await crm.No(new UndoTransition.Command(again.Transition.Id), rep.As())).Code);
    }

    [Fact]
    public async Task The_author_has_a_day_managers_who_see_it_always_others_never()
    {
        var team = await crm.Team();
        var (rep, colleague) = (await crm.User(Role.Rep, team), await crm.User(Role.Rep, team));
        var (viewer, manager, foreign) = (await crm.User(Role.Viewer, team), await crm.User(Role.Manager, team),
            await crm.User(Role.Manager, await crm.Team()));
        var moved = await crm.Ok((await crm.NewDeal(rep)).Move(MoveKind.Advance), rep);
        var undo = new UndoTransition.Command(moved.Transition.Id);
        Assert.Equal(ProblemCode.Forbidden, (await crm.No(undo, colleague.As())).Code);
        Assert.Equal(ProblemCode.Forbidden, (await crm.No(undo, viewer.As())).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(undo, foreign.As())).Code);
        await crm.Pretend($"update transitions set recorded_at = recorded_at - interval '25 hours' where id = {undo.TransitionId}");
        Assert.Equal(ProblemCode.Forbidden, (await crm.No(undo, rep.As())).Code);
        await crm.Ok(undo, manager.As());
    }
}
