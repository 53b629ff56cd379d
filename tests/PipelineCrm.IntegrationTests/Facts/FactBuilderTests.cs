using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.IntegrationTests.Facts;

/// <summary>A deal is opened by the facts that it has once it is open: pages, API, imports and the demo judge by the same.</summary>
public sealed class FactBuilderTests(FactWorld world) : IClassFixture<FactWorld>
{
    /// <summary>That of the customer follows from the deal; how long it stands there nobody can say before it does.</summary>
    private static readonly string[] Opening = [FieldKey.CustomerStatus, FieldKey.DaysInStage];

    [Fact]
    public async Task The_facts_of_an_opening_are_those_of_the_opened_deal()
    {
        for (var i = 0; i < 25; i++)
        {
            var customer =
                (await world.Ok(new CreateCustomer.Command(world.Filled(new CustomerFields(), FactSubject.Customer)), world.Admin.As())).Id;
            var known = await world.OfCustomer(customer);
            var deal = await world.Ok(new CreateDeal.Command(customer, world.Filled(new MoveFields(), FactSubject.Deal)), world.Admin.As());
            var open = await world.InMemory(deal.Id);
            var content = FactValues.Of(world.Catalog.OfDeal.Select(fact => KeyValuePair.Create(fact.Key, Written(fact, open[fact.Key]))));
            var before = FactBuilder.OfOpening(new CreationContext(content, 1, Stage.Awareness, open.Today), known, null, world.Catalog);
            Assert.Equal(before.Values.Keys.Order(StringComparer.Ordinal), open.Values.Keys.Order(StringComparer.Ordinal));
            foreach (var fact in world.Catalog.All.Where(fact => !Opening.Contains(fact.Key)))
            {
                Assert.True(before[fact.Key] == open[fact.Key],
                    $"{fact.Key}: {before[fact.Key].Value} before, {open[fact.Key].Value} once it is open");
            }
        }
    }

    [Fact]
    public async Task The_facts_of_a_new_customer_are_those_of_the_customer_once_it_is_there()
    {
        for (var i = 0; i < 25; i++)
        {
            var made = await world.Ok(new CreateCustomer.Command(world.Filled(new CustomerFields(), FactSubject.Customer)),
                world.Admin.As());
            var there = await world.OfCustomer(made.Id);
            var content =
                FactValues.Of(world.Catalog.OfCustomer.Select(fact => KeyValuePair.Create(fact.Key, Written(fact, there[fact.Key]))));
            var before = FactBuilder.OfNewCustomer(new CreationContext(content, 1, Stage.Awareness, FactSamples.Today), world.Catalog);
            Assert.All(world.Catalog.About(FactSubject.Customer), fact => Assert.Equal(before[fact.Key], there[fact.Key]));
        }
    }

    /// <summary>An amount is kept without its currency where that is a fact of its own.</summary>
    private static Fact Written(FactDefinition fact,
        Fact value) => fact.CurrencyKey is not null && value.Value is Kernel.Money money ? Fact.Of((decimal?)money.Amount) : value;
}
