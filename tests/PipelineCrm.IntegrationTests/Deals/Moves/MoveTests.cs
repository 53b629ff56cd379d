using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

public sealed class MoveTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task A_deal_walks_the_whole_path_and_its_customer_with_it()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.PostPurchase, rep);
        Assert.Equal((Stage.PostPurchase, Outcome.Open, 6L), (deal.Stage, deal.Outcome, deal.Version));
        Assert.NotNull(deal.WonAt);
        Assert.Equal((1000m, "USD"), (deal.Amount, deal.Currency));

        var done = await crm.Ok(deal.Move(MoveKind.Complete), rep);
        Assert.Equal((Place.PostPurchase, Place.Completed), (done.Transition.From, done.Transition.To));
        Assert.Equal(done.Deal with { SecondsInStage = null }, await crm.Get(deal.Id, rep) with { SecondsInStage = null });
        var customer = await crm.Ok(new GetCustomer.Query(deal.CustomerId), rep.As());
        Assert.Equal(PurchaseStatus.PostPurchase, customer.Status);
        Assert.True(customer.Returning);

        var ledger = (await crm.Ok(new ListTransitions.Query(deal.Id, new PageRequest()), rep.As())).Items;
        Assert.Equal([1, 2, 3, 4, 5, 6], ledger.Select(row => row.Seq));
        Assert.Equal(done.Transition with { Conditions = [] }, ledger[^1] with { Conditions = [] });
        Assert.True(ledger[^1].MayUndo && !ledger[^2].MayUndo);
    }

    [Fact]
    public async Task What_is_missing_is_said_and_recorded_only_where_it_cannot_be_brought()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep, Stage.Consideration, await crm.Customer(rep, decisionMaker: false));
        var missing = await crm.No(deal.Move(MoveKind.Advance), rep.As());
        Assert.Equal(ProblemCode.MoveRefused, missing.Code);
        var verdict = Assert.IsType<Verdict>(missing.Detail);
        Assert.Equal(VerdictKind.NeedsFields, verdict.Result);
        Assert.Equal([FieldKey.Amount, FieldKey.ExpectedClose], verdict.Fields);
        Assert.DoesNotContain((await crm.Ok(new ListDealHistory.Query(deal.Id, new PageRequest()), rep.As())).Items,
            item => item.Refusal is not null);

        deal = await crm.AdvanceTo(deal, Stage.Decision, rep);
        var refused = await crm.No(deal.Move(MoveKind.Advance), rep.As());
        Assert.Equal(VerdictKind.Refused, Assert.IsType<Verdict>(refused.Detail).Result);
        Assert.Equal(VerdictReason.SwitchedOff,
            Assert.IsType<Verdict>((await crm.No((await crm.NewDeal(rep)).Move(MoveKind.Skip, Place.Decision), rep.As())).Detail).Reason);
        Assert.Equal(VerdictReason.Impossible, Assert.IsType<Verdict>((await crm.No(deal.Move(MoveKind.Reopen), rep.As())).Detail).Reason);
        var history = (await crm.Ok(new ListDealHistory.Query(deal.Id, new PageRequest()), rep.As())).Items;
        Assert.Equal([MoveKind.Reopen, MoveKind.Advance],
            history.Where(item => item.Refusal is not null).Select(item => item.Refusal!.Kind));
        Assert.Equal(deal with { SecondsInStage = null }, await crm.Get(deal.Id, rep) with { SecondsInStage = null });
    }

    [Fact]
    public async Task Losing_stops_the_clock_and_reopening_goes_on()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep, Stage.Consideration);
        var lost = await crm.Ok(deal.Lose(), rep);
        Assert.Equal((Stage.Consideration, Outcome.Lost, "price"), (lost.Deal.Stage, lost.Deal.Outcome, lost.Deal.LostReason));
        Assert.Equal(PurchaseStatus.Lost, (await crm.Ok(new GetCustomer.Query(deal.CustomerId), rep.As())).Status);
        var open = await crm.Ok(lost.Deal.Move(MoveKind.Reopen), rep);
        Assert.Equal((Outcome.Open, deal.EnteredStageAt, (string?)null),
            (open.Deal.Outcome, open.Deal.EnteredStageAt, open.Deal.LostReason));
        Assert.Equal(PurchaseStatus.Consideration, (await crm.Ok(new GetCustomer.Query(deal.CustomerId), rep.As())).Status);
    }

    [Fact]
    public async Task A_manager_overrides_what_a_rep_cannot()
    {
        var team = await crm.Team();
        var (rep, manager) = (await crm.User(Role.Rep, team), await crm.User(Role.Manager, team));
        var deal = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.Purchase, rep);
        var with = deal.Move(MoveKind.Advance) with { Override = new Override("agreed-exception", "Paid next week") };
        Assert.Equal(ProblemCode.MoveRefused, (await crm.No(with, rep.As())).Code);
        var moved = await crm.Ok(with, manager);
        Assert.Equal("paid-in-full", Assert.Single(moved.Warnings).Rule);
        Assert.Equal("agreed-exception", moved.Transition.Override!.Code);
    }

    [Fact]
    public async Task The_same_key_and_body_answer_the_same_and_move_once()
    {
        var rep = await crm.User(Role.Rep);
        var move = (await crm.NewDeal(rep)).Move(MoveKind.Advance);
        var (first, second) = (await crm.Ok(move, rep), await crm.Ok(move, rep));
        Assert.Equal(first.Transition.Id, second.Transition.Id);
        Assert.Equal(first.Deal with { Rank = null }, second.Deal);
        Assert.Equal(ProblemCode.IdempotencyKeyReused, (await crm.No(move with { Version = 2 }, rep.As())).Code);
        Assert.Equal(2L, await crm.Ask<long>("select count(*) from transitions where deal_id = $1", move.Id.Value));
    }

    [Fact]
    public async Task A_conflict_says_what_changed_who_did_it_and_the_version()
    {
        var team = await crm.Team();
        var (rep, manager) = (await crm.User(Role.Rep, team), await crm.User(Role.Manager, team));
        var deal = await crm.NewDeal(rep);
        await crm.Ok(new UpdateDeal.Command(deal.Id, 1, new MoveFields { Amount = 5m, Title = "Renamed" }), manager.As());
        await crm.Ok(new AddPayment.Command(deal.Id, 5, "USD", PaymentMethod.Cash), manager.As());
        var fields = Assert.IsType<ConflictDetail>((await crm.No(deal.Move(MoveKind.Advance), rep.As())).Detail);
        Assert.Equal(("fields", manager, 3L), (fields.Changed, fields.By, fields.Version));
        Assert.Equal(["amount", "currency", "payments", "title"], fields.Fields.Order(StringComparer.Ordinal));

        await crm.Ok((await crm.Get(deal.Id, rep)).Move(MoveKind.Advance), manager);
        var stage = Assert.IsType<ConflictDetail>((await crm.No(deal.Move(MoveKind.Advance), rep.As())).Detail);
        Assert.Equal(("stage", Place.Consideration, 4L), (stage.Changed, stage.Place, stage.Version));
    }

    [Fact]
    public async Task Repurchase_opens_the_customers_next_deal_and_refer_one_for_another()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.PostPurchase, rep);
        var again = await crm.Ok(deal.Move(MoveKind.Repurchase), rep);
        Assert.Equal((deal.CustomerId, Stage.Consideration, 2, deal.Id),
            (again.Created!.CustomerId, again.Created.Stage, again.Created.Cycle, again.Created.PreviousDealId!.Value));
        Assert.Equal((Stage.PostPurchase, Outcome.Open, deal.Version + 1), (again.Deal.Stage, again.Deal.Outcome, again.Deal.Version));

        var friend = await crm.Customer(rep);
        var refer = again.Deal.Move(MoveKind.Refer);
        Assert.Equal(VerdictKind.NeedsFields, Assert.IsType<Verdict>((await crm.No(refer, rep.As())).Detail).Result);
        Assert.Equal(VerdictKind.Refused,
            Assert.IsType<Verdict>((await crm.No(refer with { CustomerId = deal.CustomerId }, rep.As())).Detail).Result);
        var referred = await crm.Ok(refer with { CustomerId = friend }, rep);
        Assert.Equal((friend, Stage.Awareness, deal.Id),
            (referred.Created!.CustomerId, referred.Created.Stage, referred.Created.ReferredByDealId!.Value));
        Assert.Equal(deal.CustomerId.Value, await crm.Ask<Guid>("select referrer_id from customers where id = $1", friend.Value));

        var friends = await crm.AdvanceTo(referred.Created, Stage.Purchase, rep);
        var back = await crm.No(friends.Move(MoveKind.Refer) with { CustomerId = deal.CustomerId }, rep.As());
        Assert.Equal("referrer-cycle", Assert.IsType<Verdict>(back.Detail).Conditions[^1].Rule);
    }

    [Fact]
    public async Task A_card_is_placed_on_top_or_above_the_one_it_was_dropped_on()
    {
        var rep = await crm.User(Role.Rep);
        var cards = new List<DealView>();
        for (var i = 0; i < 3; i++)
        {
            cards.Add((await crm.Ok((await crm.NewDeal(rep)).Move(MoveKind.Advance), rep)).Deal);
        }

        var last = await crm.NewDeal(rep);
        await crm.Ok(last.Move(MoveKind.Advance, Place.Consideration) with { PlaceBefore = cards[1].Id }, rep);
        var column = await crm.Ok(new GetBoardColumn.Query(Stage.Consideration, new BoardFilter(rep), new PageRequest()), rep.As());
        Assert.Equal([cards[2].Id, last.Id, cards[1].Id, cards[0].Id], column.Items.Select(card => card.Id));
    }
}
