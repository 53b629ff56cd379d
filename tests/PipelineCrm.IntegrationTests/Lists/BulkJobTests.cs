using System.Text.Json;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Lists;

namespace PipelineCrm.IntegrationTests.Lists;

/// <summary>Changes of many records at once: each with the rights, the history and the version of a single change, and all taken back
/// together. How they go on when something breaks: <see cref="BulkJobRunTests"/>.</summary>
public sealed class BulkJobTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task A_fact_is_written_to_all_and_all_are_as_before_after_the_undo()
    {
        var rep = await crm.User(Role.Rep);
        var (one, two, same) = (await Deal(rep, 10m, "USD"), await Deal(rep, null, null), await Deal(rep, 77m, "EUR"));
        var edits = await Run(Edit([one, two, same], ("amount", 77m), ("currency", "EUR")), rep);
        Assert.Equal((2, 1, 0), (edits.Changed, edits.Unchanged, edits.Refused.Count));
        Assert.All([one, two], deal => Assert.Equal((77m, "EUR"), Amount(crm.Get(deal.Id, rep).Result)));
        Assert.Equal(1L,
            await crm.Ask<long>("select count(*) from history where deal_id = $1 and field = 'amount' and version = 2", one.Id.Value));

        var undone = await Run(new UndoBulkJob.Command(edits.Id), rep);
        Assert.Equal((2, 0), (undone.Changed, undone.Refused.Count));
        Assert.Equal((10m, "USD"), Amount(await crm.Get(one.Id, rep)));
        Assert.Equal((null, null), Amount(await crm.Get(two.Id, rep)));
    }

    [Fact]
    public async Task A_colleagues_deal_is_neither_touched_nor_told_of()
    {
        var (rep, colleague) = (await crm.User(Role.Rep, await crm.Team()), await crm.User(Role.Rep, await crm.Team()));
        var (mine, theirs, none) = (await Deal(rep), await Deal(colleague), new SeenRecord(Guid.NewGuid(), 1));
        var edits = await Run(Edit([mine, theirs], ("source", "website")) with { Records = [Seen(mine), Seen(theirs), none] }, rep);
        Assert.Equal(1, edits.Changed);
        Assert.Equal("website", (await crm.Get(mine.Id, rep)).Source);
        var (hidden, absent) = (edits.Refused.Single(one => one.Id == theirs.Id.Value), edits.Refused.Single(one => one.Id == none.Id));
        Assert.Equal((absent.Name, absent.Code, absent.Message), (hidden.Name, hidden.Code, hidden.Message));
        Assert.Equal(ProblemCode.NotFound, hidden.Code);
        Assert.Equal(theirs.Version, (await crm.Get(theirs.Id, colleague)).Version);
    }

    [Fact]
    public async Task What_somebody_changed_meanwhile_stays_theirs()
    {
        var admin = await crm.User(Role.Admin);
        var (one, two) = (await Deal(admin), await Deal(admin));
        await crm.Ok(new UpdateDeal.Command(one.Id, one.Version, new MoveFields().And("title", "Theirs")), admin.As());
        var edits = await Run(Edit([one, two], ("title", "Mine")), admin);
        var refusal = Assert.Single(edits.Refused);
        Assert.Equal((ProblemCode.Conflict, "Theirs"), (refusal.Code, refusal.Name));
        Assert.Equal("Theirs", (await crm.Get(one.Id, admin)).Title);

        Assert.Equal(1, edits.Changed);
        await crm.Ok(new UpdateDeal.Command(two.Id, two.Version + 1, new MoveFields().And("title", "Later")), admin.As());
        var undone = await Run(new UndoBulkJob.Command(edits.Id), admin);
        Assert.Equal(ProblemCode.Conflict, Assert.Single(undone.Refused).Code);
        Assert.Equal("Later", (await crm.Get(two.Id, admin)).Title);
    }

    [Fact]
    public async Task What_the_catalogue_refuses_is_told_for_each_and_nothing_is_written()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await Deal(rep);
        foreach (var (field, value) in new (string, object?)[] { ("title", null), ("stage", "decision"), ("source", "nowhere"),
            ("amount", -1m) })
        {
            var edits = await Run(Edit([deal], (field, value)), rep);
            Assert.Equal(ProblemCode.Validation, Assert.Single(edits.Refused).Code);
            Assert.NotEmpty(edits.Refused[0].Message);
        }

        Assert.Equal(deal.Version, (await crm.Get(deal.Id, rep)).Version);
    }

    [Fact]
    public async Task A_manager_gives_deals_away_and_takes_them_back()
    {
        var team = await crm.Team();
        var (manager, one, other) = (await crm.User(Role.Manager, team), await crm.User(Role.Rep, team),
            await crm.User(Role.Rep, team));
        var deals = new[] { await Deal(one), await Deal(one) };
        var edits = await Run(Edit(deals, ("ownerId", other.ToString())), manager);
        Assert.Equal(2, edits.Changed);
        Assert.All(deals, deal => Assert.Equal(other, crm.Get(deal.Id, manager).Result.OwnerId));
        await Run(new UndoBulkJob.Command(edits.Id), manager);
        Assert.All(deals, deal => Assert.Equal(one, crm.Get(deal.Id, manager).Result.OwnerId));
    }

    [Fact]
    public async Task Deals_and_customers_are_archived_together_and_come_back()
    {
        var rep = await crm.User(Role.Rep);
        var deals = new[] { await Deal(rep), await Deal(rep) };
        var edits = await Run(new StartBulkJob.Command(FactSubject.Deal, [.. deals.Select(Seen)], JsonFieldDictionary.None, true), rep);
        Assert.All(deals, deal => Assert.NotNull(crm.Get(deal.Id, rep).Result.ArchivedAt));
        await Run(new UndoBulkJob.Command(edits.Id), rep);
        Assert.All(deals, deal => Assert.Null(crm.Get(deal.Id, rep).Result.ArchivedAt));

        var free = await crm.Ok(new CreateCustomer.Command("Free Works"), rep.As());
        var busy = await crm.Ok(new GetCustomer.Query(deals[0].CustomerId), rep.As());
        var customers = await Run(
            new StartBulkJob.Command(FactSubject.Customer,
                [new SeenRecord(free.Id.Value, free.Version), new SeenRecord(busy.Id.Value, busy.Version)], JsonFieldDictionary.None, true),
            rep);
        Assert.Equal(1, customers.Changed);
        Assert.Equal(ProblemCode.HasOpenDeals, Assert.Single(customers.Refused).Code);
    }

    [Fact]
    public async Task Customers_are_changed_and_taken_back_without_a_word_of_them_in_the_history()
    {
        var rep = await crm.User(Role.Rep);
        var customer = await crm.Ok(new CreateCustomer.Command("Harbour Works", Email: "office@harbour.example"), rep.As());
        var edits = await Run(new StartBulkJob.Command(FactSubject.Customer, [new SeenRecord(customer.Id.Value, customer.Version)],
            Fields(("email", null))), rep);
        Assert.Equal(1, edits.Changed);
        await Run(new UndoBulkJob.Command(edits.Id), rep);
        Assert.Equal("office@harbour.example", (await crm.Ok(new GetCustomer.Query(customer.Id), rep.As())).Email);
        Assert.Equal(0L,
            await crm.Ask<long>(
                "select count(*) from history where entity_id = $1 and (before::text like '%harbour%' or after::text like '%harbour%')",
                customer.Id.ToString()));
    }

    [Fact]
    public async Task Too_many_and_nothing_to_do_are_refused_as_a_whole()
    {
        var rep = (await crm.User(Role.Rep)).As();
        var many = Enumerable.Range(0, SelectRecords.Most + 1).Select(_ => new SeenRecord(Guid.NewGuid(), 1)).ToList();
        var too = await crm.Door.Send(new StartBulkJob.Command(FactSubject.Deal, many, Fields(("title", "x"))), rep, DealSteps.Ct);
        Assert.Equal(["records"], too.Problem!.Errors.Keys);
        var nothing =
            await crm.Door.Send(new StartBulkJob.Command(FactSubject.Deal, many[..1], JsonFieldDictionary.None), rep, DealSteps.Ct);
        Assert.Equal(["fields"], nothing.Problem!.Errors.Keys);
        var viewer = await crm.Door.Send(new StartBulkJob.Command(FactSubject.Deal, many[..1], Fields(("title", "x"))),
            (await crm.User(Role.Viewer)).As(), DealSteps.Ct);
        Assert.Equal(ProblemCode.Forbidden, viewer.Problem!.Code);
    }

    private Task<BulkJobView> Run(IRequest<BulkJobView> request, UserId by) => crm.Run(request, by.As());

    private async Task<DealView> Deal(UserId owner, decimal? amount = null, string? currency = null) =>
        await crm.Ok(new CreateDeal.Command(await crm.Customer(owner), "Deal", amount, currency), owner.As());

    private static (decimal?, string?) Amount(DealView deal) => (deal.Amount, deal.Currency);

    private static SeenRecord Seen(DealView deal) => new(deal.Id.Value, deal.Version);

    private static StartBulkJob.Command Edit(IEnumerable<DealView> deals, params (string, object?)[] fields) =>
        new(FactSubject.Deal, [.. deals.Select(Seen)], Fields(fields));

    private static JsonFieldDictionary Fields(params (string Field, object? Value)[] fields) =>
        new(fields.Select(one => KeyValuePair.Create(one.Field, JsonSerializer.SerializeToElement(one.Value))));
}
