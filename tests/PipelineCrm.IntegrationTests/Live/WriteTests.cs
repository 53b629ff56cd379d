using Npgsql;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>What one transaction wrote is one entry of a timeline, whatever its instants; what two wrote are two.</summary>
public sealed class WriteTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private const string Row = """
        insert into history (entity, entity_id, field, before, after, occurred_at, recorded_at, by_user, channel, deal_id, version{0})
        values ($1, $2, $3, null, '"x"', $4, $4, $5, 2, $6, $7{1})
        """;

    private static readonly DateTimeOffset Instant = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_writes_at_the_same_instant_are_two_entries_of_a_customer()
    {
        var (rep, customer) = await CustomerAsync();
        await Write(rep, Customer(customer, "email", Instant));
        await Write(rep, Customer(customer, "phone", Instant));
        Assert.Equal(["phone", "email"], await Entries(customer, rep));
    }

    [Fact]
    public async Task One_write_at_two_instants_is_one_entry_of_a_customer()
    {
        var (rep, customer) = await CustomerAsync();
        await Write(rep, Customer(customer, "email", Instant), Customer(customer, "phone", Instant.AddSeconds(1)));
        Assert.Equal(["email phone"], await Entries(customer, rep));
    }

    [Fact]
    public async Task Rows_from_before_writes_had_numbers_go_by_their_instant()
    {
        var (rep, customer) = await CustomerAsync();
        await Old(rep, Customer(customer, "email", Instant), Customer(customer, "phone", Instant.AddTicks(20)),
            Customer(customer, "source", Instant.AddSeconds(1)));
        Assert.Equal(["source", "email phone"], await Entries(customer, rep));
    }

    [Fact]
    public async Task A_deals_entries_go_by_the_write_and_of_old_by_the_version()
    {
        var rep = await crm.User(Role.Rep);
        var deal = (await crm.NewDeal(rep)).Id;
        await Old(rep, Deal(deal, "title", 7), Deal(deal, "amount", 7), Deal(deal, "source", 8));
        await Write(rep, Deal(deal, "title", 9), Deal(deal, "amount", 10));
        await Write(rep, Deal(deal, "source", 10));
        var items = (await crm.Ok(new ListDealHistory.Query(deal, new PageRequest(), PipelineCrm.Timeline.TimelinePart.Changes),
            rep.As())).Items;
        Assert.Equal(
            ["source", "amount title", "source", "amount title"],
            items.Where(item => item.Transition is null)
                .Select(item => string.Join(' ', item.Changes.Select(change => change.Field).Order())));
    }

    [Fact]
    public async Task Every_row_of_a_write_has_its_number_and_the_next_write_another()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        await crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Title = "Other", Amount = 5m, Currency = "EUR" }),
            rep.As());
        Assert.Equal(0L, await crm.Ask<long>("select count(*) from history where write_id is null and deal_id = $1", deal.Id.Value));
        var fields = await crm.Ask<string[]>(
            """
            select array_agg(fields order by write_id)
            from (select write_id, string_agg(field, ' ' order by field) as fields from history where deal_id = $1 group by 1) written
            """,
            deal.Id.Value);
        Assert.Equal(2, fields.Length);
        Assert.Equal("amount currency title", fields[1]);
    }

    private async Task<(UserId Rep, CustomerId Customer)> CustomerAsync()
    {
        var rep = await crm.User(Role.Rep);
        return (rep, (await crm.Ok(new CreateCustomer.Command("Orchard"), rep.As())).Id);
    }

    private static object?[] Customer(CustomerId id, string field,
        DateTimeOffset at) => ["customer", id.ToString(), field, at.UtcDateTime, null, null];

    private static object?[] Deal(DealId id, string field,
        long version) => ["deal", id.ToString(), field, Instant.AddSeconds(version).UtcDateTime, id.Value, version];

    private Task Write(UserId by, params object?[][] rows) => Insert(string.Format(null, Row, "", ""), by, rows);

    private Task Old(UserId by, params object?[][] rows) => Insert(string.Format(null, Row, ", write_id", ", null"), by, rows);

    /// <summary>As a superuser: to everybody else the database lets nothing be written at another instant than its own.</summary>
    private async Task Insert(string sql, UserId by, object?[][] rows)
    {
        await using var connection = await crm.AsSuperuser();
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        foreach (var row in rows)
        {
#pragma warning disable CA2100 // A constant with a column more or less.
            await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
            foreach (var value in new[] { row[0], row[1], row[2], row[3], by.Value, row[4], row[5] })
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            }

            await command.ExecuteNonQueryAsync(Ct);
        }

        await transaction.CommitAsync(Ct);
    }

    /// <summary>But for the first, which made it.</summary>
    private async Task<IEnumerable<string>> Entries(CustomerId customer, UserId reader)
    {
        var items = (await crm.Ok(new ListCustomerHistory.Query(customer, new PageRequest()), reader.As())).Items;
        return items.Where(item => item.Changes.All(change => change.Field != "name"))
            .Select(item => string.Join(' ', item.Changes.Select(change => change.Field).Order()));
    }
}
