using System.Text.Json;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Facts;

/// <summary>One language of conditions: what the database answers is what they mean in memory.</summary>
public sealed class FilterTests(FactWorld world) : IClassFixture<FactWorld>
{
    private const int Filters = 400;

    private static readonly PageRequest Whole = new(PageRequest.MaxLimit, null);

    [Fact]
    public async Task A_filter_answers_the_deals_whose_facts_meet_it_in_memory()
    {
        var facts = world.Catalog.About(FactSubject.Deal).Where(fact => fact.Sql.Length > 0).ToList();
        var inMemory = await world.InMemory();
        var (random, some) = (new Random(7), 0);
        for (var i = 0; i < Filters; i++)
        {
            var filter = FactSamples.Filter(random, facts, world.People);
            var text = JsonSerializer.Serialize(filter, WireNames.Json);
            var wanted = inMemory.Where(deal => ConditionTree.Evaluate(filter, deal.Value) == Truth.True)
                .Select(deal => deal.Key.ToString()).Order(StringComparer.Ordinal).ToList();
            var found = (await world.Ok(new ListDeals.Query(new DealFilter(Filter: text), Whole), world.Admin.As())).Items
                .Select(deal => deal.Id.ToString()).Order(StringComparer.Ordinal).ToList();
            Assert.True(wanted.SequenceEqual(found),
                $"{text}\nonly in memory: {Differing(wanted, found)}\nonly in the database: {Differing(found, wanted)}");
            some += wanted.Count is > 0 and < FactWorld.Deals ? 1 : 0;
        }

        // Filters that all or none meet would prove little.
        Assert.InRange(some, Filters / 3, Filters);

        string Differing(List<string> ones, List<string> others) => string.Join("; ", ones.Except(others).Take(2).Select(Told));

        string Told(string id) => string.Join(' ',
            inMemory.Single(deal => deal.Key.ToString() == id).Value.Values.Select(fact => $"{fact.Key}={fact.Value.Value}"));
    }

    [Fact]
    public async Task A_boards_filter_shows_and_counts_the_open_deals_whose_facts_meet_it()
    {
        var facts = world.Catalog.All.Where(fact => fact.Sql.Length > 0).ToList();
        var open = (await world.InMemory()).Where(deal => deal.Value.Position?.Outcome == Outcome.Open).ToList();
        var (random, customers) = (new Random(9), 0);
        for (var i = 0; i < Filters / 8; i++)
        {
            var filter = FactSamples.Filter(random, facts, world.People);
            var text = JsonSerializer.Serialize(filter, WireNames.Json);
            customers += text.Contains("customer", StringComparison.Ordinal) ? 1 : 0;
            var wanted = open.Where(deal => ConditionTree.Evaluate(filter, deal.Value) == Truth.True).Select(deal => deal.Key.ToString());
            var board = await world.Ok(new GetBoard.Query(new BoardFilter(Filter: text), PageRequest.MaxLimit), world.Admin.As());
            var found = board.Columns.SelectMany(column => column.Items).Select(deal => deal.Id.ToString()).ToList();
            Assert.True(wanted.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal)), text);
            Assert.Equal(found.Count, board.Columns.Sum(column => column.Count));
        }

        Assert.InRange(customers, 10, Filters);
    }

    [Fact]
    public async Task A_filter_of_customers_answers_those_whose_facts_meet_it_in_memory()
    {
        var facts = world.Catalog.About(FactSubject.Customer).Where(fact => fact.Sql.Length > 0).ToList();
        var customers = (await world.Ok(new ListCustomers.Query(null, null, Whole), world.Admin.As())).Items;
        var inMemory = new Dictionary<CustomerId, DealFacts>();
        foreach (var customer in customers)
        {
            inMemory[customer.Id] = new DealFacts(null, null, FactSamples.Today,
                await world.OfCustomer(customer.Id))
            { Catalog = world.Catalog };
        }

        var random = new Random(8);
        for (var i = 0; i < Filters / 2; i++)
        {
            var filter = FactSamples.Filter(random, facts, world.People);
            var text = JsonSerializer.Serialize(filter, WireNames.Json);
            var wanted = inMemory.Where(customer => ConditionTree.Evaluate(filter, customer.Value) == Truth.True)
                .Select(customer => customer.Key.ToString());
            var found = (await world.Ok(new ListCustomers.Query(null, null, Whole, Filter: text), world.Admin.As())).Items.Select(
                customer => customer.Id.ToString());
            Assert.True(wanted.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal)), text);
        }
    }

    [Theory]
    [InlineData("""{"all":[{"field":"title","op":"matches","value":"^a"}]}""", "all[0].op")]
    [InlineData("""{"all":[{"field":"nothing","op":"is","value":"a"}]}""", "all[0].field")]
    [InlineData("""{"all":[{"field":"reason.code","op":"filled"}]}""", "all[0].field")]
    [InlineData("""{"all":[{"field":"amount","op":"gte","value":"much"}]}""", "all[0].value")]
    [InlineData("""{"any":[{"all":[{"any":[{"all":[{"field":"title","op":"filled"}]}]}]}]}""", "any[0].all[0].any[0]")]
    [InlineData("""{"field":"title","op":"filled"}""", "JSON")]
    [InlineData("""{"all":[]}""", "")]
    [InlineData("{", "JSON")]
    public async Task A_filter_that_is_none_is_told_with_its_place(string filter, string place)
    {
        var problem = await world.No(new ListDeals.Query(new DealFilter(Filter: filter), Whole), world.Admin.As());
        Assert.Equal((ProblemCode.Validation, "filter"), (problem.Code, Assert.Single(problem.Errors).Key));
        Assert.Contains(place, string.Join(' ', problem.Errors["filter"]), StringComparison.Ordinal);
    }
}
