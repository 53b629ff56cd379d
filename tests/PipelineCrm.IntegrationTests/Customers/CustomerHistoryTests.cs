using Npgsql;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Persistence.Sql;
using PipelineCrm.Timeline;

namespace PipelineCrm.IntegrationTests.Customers;

/// <summary>A customer's history: its own facts, its contacts, its status with the deals that changed it.</summary>
public sealed class CustomerHistoryTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static readonly string[] Told =
        ["name", "type", "email", "phone", "source", "sector", "country", "status", "statusStage", "returning", "referrerId", "archivedAt",
            "decisionMaker"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_write_is_one_entry_and_what_people_are_called_is_only_filled_or_empty()
    {
        var rep = await crm.User(Role.Rep);
        var customer = await crm.Ok(new CreateCustomer.Command("Orchard", Email: "a@orchard.example"), rep.As());
        var contact = await crm.Ok(new AddContact.Command(customer.Id, "Ada", Phone: "123"), rep.As());
        await crm.Ok(new UpdateContact.Command(customer.Id, contact.Id, contact.Version, "Ada Lace", null, null, true), rep.As());
        var version = await crm.Ask<long>("select version from customers where id = $1", customer.Id.Value);
        customer = await crm.Ok(new UpdateCustomer.Command(customer.Id, version,
            new CustomerFields { Type = CustomerType.Person, Email = (string?)null }), rep.As());
        customer = await crm.Ok(new ArchiveCustomer.Command(customer.Id, customer.Version), rep.As());
        await crm.Ok(new RestoreCustomer.Command(customer.Id, customer.Version), rep.As());

        var items = await All(customer.Id, rep, 50);
        Assert.Equal(6, items.Count);
        Assert.Equal(["archivedAt", "archivedAt"], items.Take(2).Select(item => Assert.Single(item.Changes).Field));
        Assert.Equal(["email \"filled\" > -", "type \"organisation\" > \"person\""], items[2].Changes.Select(Said).Order());
        Assert.Equal(("Ada Lace", "decisionMaker false > true, name \"filled\" > \"filled\", phone \"filled\" > -"),
            (items[3].Contact, string.Join(", ", items[3].Changes.Select(Said).Order())));
        Assert.Contains("phone - > \"filled\"", items[4].Changes.Select(Said));
        Assert.Contains("email - > \"filled\"", items[5].Changes.Select(Said));
        Assert.DoesNotContain(items.SelectMany(item => item.Changes).Select(Said),
            said => said.Contains("Ada", StringComparison.Ordinal) || said.Contains("orchard", StringComparison.OrdinalIgnoreCase));
        Assert.All(items, item => Assert.Equal(rep, item.By));
        Assert.Null(items[5].Cause);
    }

    [Fact]
    public async Task A_status_names_the_deal_that_changed_it_only_to_who_may_see_it()
    {
        var (rep, other) = (await crm.User(Role.Rep), await crm.User(Role.Rep));
        var customer = await crm.Customer(rep);
        var deal = await crm.NewDeal(rep, Stage.Consideration, customer);
        await crm.Ok(deal.Lose(), rep);
        Assert.Equal([new StatusCause(deal.Id, deal.Title), new StatusCause(deal.Id, deal.Title)], Causes(await All(customer, rep, 50)));
        var unseen = await All(customer, other, 50);
        Assert.Empty(Causes(unseen));
        // The status changed twice for everybody; whose work it was is not told, and who made the customer is.
        Assert.Equal([null, null, rep, rep], unseen.Select(item => item.By));

        var second = await crm.NewDeal(rep, Stage.Awareness, customer);
        var opening = await crm.Ask<long>("select id from transitions where deal_id = $1", second.Id.Value);
        await crm.Ok(new UndoTransition.Command(opening), rep.As());
        Assert.Equal(new StatusCause(null, second.Title), Causes(await All(customer, rep, 50))[0]);

        static List<StatusCause> Causes(IEnumerable<CustomerHistoryItem> items) =>
            [.. items.Select(item => item.Cause).OfType<StatusCause>()];
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20261122)]
    public async Task Every_change_appears_exactly_once_over_all_pages(int seed)
    {
        var (random, rep) = (new Random(seed), await crm.User(Role.Rep));
        var (customer, deal) = (await crm.Customer(rep), (DealView?)null);
        for (var step = 0; step < 40; step++)
        {
            var version = await crm.Ask<long>("select version from customers where id = $1", customer.Value);
            deal = random.Next(4) switch
            {
                0 => await Contact(deal),
                1 => await Update(deal, version),
                2 => deal ?? await crm.NewDeal(rep, Stage.Consideration, customer),
                _ => deal is null ? deal
                    : (await crm.Ok(deal.Outcome == Outcome.Open ? deal.Lose() : deal.Move(MoveKind.Reopen), rep)).Deal,
            };
        }

        var told = await Expected(customer);
        Assert.True(told.Count > 40);
        foreach (var size in new[] { 1, 3, 200 })
        {
            var items = await All(customer, rep, size);
            Assert.Equal(told, items.SelectMany(item => item.Changes).Select(fact => fact.Id).Order());
            Assert.Equal(items.Select(item => item.OccurredAt).OrderDescending(), items.Select(item => item.OccurredAt));
            Assert.True(items.Count < told.Count);
        }

        async Task<DealView?> Contact(DealView? same)
        {
            await crm.Ok(new AddContact.Command(customer, "Somebody", DecisionMaker: random.Next(2) == 0), rep.As());
            return same;
        }

        async Task<DealView?> Update(DealView? same, long version)
        {
            await crm.Ok(new UpdateCustomer.Command(customer, version,
                new CustomerFields { Type = (CustomerType)random.Next(1, 3), Phone = $"040 55512{random.Next(10, 99)}" }), rep.As());
            return same;
        }
    }

    [Fact]
    public async Task A_page_reads_the_customers_rows_and_never_the_whole_table()
    {
        var customer = await crm.Customer(await crm.User(Role.Rep));
        await using var connection = await crm.AsOwner();
        foreach (var sql in new[]
        {
            """
            insert into history (entity, entity_id, field, before, after, occurred_at, recorded_at, channel)
            select 'customer', c::text, 'phone', '1', '2', now(), now(), 6 from (select gen_random_uuid() as c from generate_series(1, 5000)) made, generate_series(1, 25) n
            """,
            "analyze history, contacts",
        })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Ct);
        }

        var plan = new List<string>();
        await new SqlBatch(connection)
            .Query("explain " + ListCustomerHistory.Handler.Entries, row => plan.Add(row.GetString(0)), customer.Value, FactRow.Technical,
                TimelineCursor.Newest.At, 0L, 21).Run(Ct);
        Assert.Contains(plan, line => line.Contains("history_entity", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan on history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_no_customer_there_is_no_history() =>
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new ListCustomerHistory.Query(CustomerId.From(Guid.NewGuid()), new PageRequest()),
            (await crm.User(Role.Rep)).As())).Code);

    private async Task<List<CustomerHistoryItem>> All(CustomerId customer, UserId reader, int size)
    {
        var (items, after) = (new List<CustomerHistoryItem>(), (string?)null);
        do
        {
            var page = await crm.Ok(new ListCustomerHistory.Query(customer, new PageRequest(size, after)), reader.As());
            items.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        return items;
    }

    private async Task<List<long>> Expected(CustomerId customer)
    {
        var ids = new List<long>();
        await using var connection = await crm.AsOwner();
        const string sql = """
            select id from history
            where (entity = 'customer' and entity_id = $1::text or entity = 'contact' and entity_id in (select id::text from contacts where customer_id = $1)) and field = any($2)
            order by id
            """;
        await new SqlBatch(connection).Query(sql, row => ids.Add(row.GetInt64(0)), customer.Value, Told).Run(Ct);
        return ids;
    }

    private static string Said(FactChange fact) => $"{fact.Field} {fact.Before?.GetRawText() ?? "-"} > {fact.After?.GetRawText() ?? "-"}";
}
