using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Funnel;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

public sealed class ArchiveTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task An_archived_deal_is_in_no_list_no_count_and_no_status_until_it_is_restored()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.Decision, rep);
        var archived = await crm.Ok(new ArchiveDeal.Command(deal.Id, deal.Version), rep.As());
        Assert.Equal((deal.Version + 1, false, true, true),
            (archived.Version, archived.MayMove, archived.MayArchive, archived.ArchivedAt is not null));
        await Holds(rep, deal, there: false);
        Assert.Equal(archived with { SecondsInStage = null }, await crm.Get(deal.Id, rep) with { SecondsInStage = null });

        var restored = await crm.Ok(new RestoreDeal.Command(deal.Id, archived.Version), rep.As());
        Assert.Equal(deal with { Version = deal.Version + 2, SecondsInStage = null }, restored with { SecondsInStage = null });
        await Holds(rep, deal, there: true);
        Assert.Equal(
            ["True by rep, version +1, no transition", "False by rep, version +2, no transition"],
            await crm.Ask<string[]>(
                """
                select array_agg(format('%s by %s, version +%s, %s',
                    case when after is null then 'False' else 'True' end, case when by_user = $2 then 'rep' end, version - $3, coalesce(transition_id::text, 'no transition')) order by id)
                from history where entity = 'deal' and field = 'archivedAt' and deal_id = $1
                """,
                deal.Id.Value, rep.Value, deal.Version));
        Assert.Equal(
            ["decision to none, no transition", "none to decision, no transition"],
            await crm.Ask<string[]>(
                """
                select array_agg(format('%s to %s, %s', before #>> '{}', after #>> '{}', coalesce(transition_id::text, 'no transition')) order by id)
                from history where entity = 'customer' and field = 'status' and entity_id = $1::text and before is not null and transition_id is null
                """,
                deal.CustomerId.Value));
        Assert.Equal(2L, await crm.Ask<long>("select count(*) from outbox where deal_id = $1 and subject = 'deal' and version > $2",
            deal.Id.Value, deal.Version));
    }

    [Fact]
    public async Task An_archived_deal_stands_still()
    {
        var rep = await crm.User(Role.Rep);
        var moved = await crm.Ok((await crm.NewDeal(rep)).Move(MoveKind.Advance), rep);
        var stale = await crm.No(new ArchiveDeal.Command(moved.Deal.Id, moved.Deal.Version - 1), rep.As());
        Assert.Equal((ProblemCode.Conflict, "stage"), (stale.Code, Assert.IsType<ConflictDetail>(stale.Detail).Changed));
        var deal = await crm.Ok(new ArchiveDeal.Command(moved.Deal.Id, moved.Deal.Version), rep.As());
        Assert.Equal(deal.Version, (await crm.Ok(new ArchiveDeal.Command(deal.Id, deal.Version), rep.As())).Version);
        await Archived(deal.Move(MoveKind.Advance) with { Fields = new() { Amount = 1m } });
        await Archived(new UndoTransition.Command(moved.Transition.Id));
        await Archived(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Title = "Other" }));
        await Archived(new AddPayment.Command(deal.Id, 1, "USD", PaymentMethod.Cash));
        Assert.All((await crm.Ok(new ExplainMoves.Query(deal.Id), rep.As())).Moves,
            move => Assert.Equal(VerdictReason.Impossible, move.Reason));
        var seen = await crm.No(moved.Deal.Move(MoveKind.Advance), rep.As());
        Assert.Equal((ProblemCode.Conflict, "archivedAt"), (seen.Code, Assert.Single(Assert.IsType<ConflictDetail>(seen.Detail).Fields)));

        async Task Archived<T>(IRequest<T> request) => Assert.Equal(ProblemCode.Archived, (await crm.No(request, rep.As())).Code);
    }

    [Fact]
    public async Task A_report_of_an_instant_before_the_archiving_still_counts_the_deal()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        var archived = await crm.Ok(new ArchiveDeal.Command(deal.Id, deal.Version), rep.As());
        Assert.Equal((1, 0), (await Open(deal.CreatedAt.AddTicks(10)), await Open(archived.ArchivedAt!.Value.AddTicks(10))));
        Assert.Equal((0, 0), (await Open(null), (await crm.Ok(new GetFunnel.Query(new FunnelScope()), rep.As())).Stages[0].N));
        await crm.Ok(new RestoreDeal.Command(deal.Id, archived.Version), rep.As());
        Assert.Equal((1, 0, 1),
            (await Open(deal.CreatedAt.AddTicks(10)), await Open(archived.ArchivedAt.Value.AddTicks(10)), await Open(null)));

        async Task<long> Open(DateTimeOffset? at) =>
            (await crm.Ok(new GetFunnel.Query(new FunnelScope("snapshot", At: at?.UtcDateTime.ToString("O"))), rep.As())).Stages[0].N;
    }

    [Fact]
    public async Task A_customer_is_archived_once_no_deal_of_anybody_is_open()
    {
        var (rep, colleague) = (await crm.User(Role.Rep), await crm.User(Role.Rep));
        var deal = await crm.NewDeal(rep);
        var other = await crm.NewDeal(colleague, customer: deal.CustomerId);
        var customer = await crm.Ok(new GetCustomer.Query(deal.CustomerId), rep.As());
        var refused = await crm.No(new ArchiveCustomer.Command(customer.Id, customer.Version), rep.As());
        // The colleague's counts, too, but is not told of.
        Assert.Equal((ProblemCode.HasOpenDeals, 1), (refused.Code, Assert.IsType<OpenDealsDetail>(refused.Detail).OpenDeals));
        var lost = await crm.Ok(deal.Lose(), rep);
        await crm.Ok(new ArchiveDeal.Command(other.Id, other.Version), colleague.As());
        var archived = await crm.Ok(new ArchiveCustomer.Command(customer.Id, customer.Version), rep.As());
        Assert.Equal(customer.Version + 1, archived.Version);
        Assert.Equal((0, 1), (await Listed(archived: false), await Listed(archived: true)));
        Assert.DoesNotContain((await crm.Ok(new SearchCustomers.Query("Example Works", 200), rep.As())).Items,
            hit => hit.Id == customer.Id);

        await Archived(lost.Deal.Move(MoveKind.Reopen), rep);
        await Archived(new UndoTransition.Command(lost.Transition.Id), rep);
        await Archived(new RestoreDeal.Command(other.Id, other.Version + 1), colleague);
        await Archived(new UpdateCustomer.Command(customer.Id, archived.Version, new CustomerFields { Name = "New" }), rep);
        await Archived(new AddContact.Command(customer.Id, "Somebody"), rep);
        Assert.Equal(["customerId"], (await crm.No(new CreateDeal.Command(customer.Id, "New"), rep.As())).Errors.Keys);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new RestoreCustomer.Command(customer.Id, customer.Version), rep.As())).Code);

        Assert.Null((await crm.Ok(new RestoreCustomer.Command(customer.Id, archived.Version), rep.As())).ArchivedAt);
        Assert.Equal((1, 0), (await Listed(archived: false), await Listed(archived: true)));
        await crm.Ok(lost.Deal.Move(MoveKind.Reopen), rep);
        Assert.Equal(0, (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Differences);

        async Task<int> Listed(bool archived) =>
            (await crm.Ok(new ListCustomers.Query(null, null, new PageRequest(200), archived), rep.As())).Items.Count(
                one => one.Id == customer.Id);

        async Task Archived<T>(IRequest<T> request, UserId by) => Assert.Equal(ProblemCode.Archived, (await crm.No(request, by.As())).Code);
    }

    private async Task Holds(UserId rep, DealView deal, bool there)
    {
        var n = there ? 1 : 0;
        var board = await crm.Ok(new GetBoard.Query(new BoardFilter()), rep.As());
        Assert.Equal((n, n), (board.Columns.Sum(column => column.Count), board.Columns.Sum(column => column.Items.Count)));
        Assert.Equal(n, (await crm.Ok(new ListDeals.Query(new DealFilter(), new PageRequest()), rep.As())).Items.Count);
        Assert.Equal(1 - n, (await crm.Ok(new ListDeals.Query(new DealFilter(Archived: true), new PageRequest()), rep.As())).Items.Count);
        var customer = await crm.Ok(new GetCustomer.Query(deal.CustomerId), rep.As());
        Assert.Equal((n, 1 - n), (customer.Deals.Count, customer.ArchivedDeals.Count));
        Assert.Equal(there ? PurchaseStatus.Decision : PurchaseStatus.None, customer.Status);
        var verified = await crm.Ok(new VerifyLedger.Query(), Caller.Console);
        Assert.True(verified.Differences == 0, string.Join('\n', verified.Sentences));
    }
}
