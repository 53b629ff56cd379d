using System.Text.Json;
using PipelineCrm.Customers;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Lists;
using PipelineCrm.Views;

namespace PipelineCrm.IntegrationTests.Lists;

/// <summary>Lists by facts: what they show, to whom, and what they say of the whole.</summary>
public sealed class ListTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static readonly string[] Currencies = ["USD", "EUR", "JPY"];

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_double_in_any_order()
    {
        var (rep, _) = await Deals(23);
        foreach (var sort in new[] { null, "amount", "-amount,title", "expectedClose,-createdAt", "-title", "customer.name,amount" })
        {
            var question = new ListQuestion(FactSubject.Deal, Sort: sort);
            var whole = (await crm.Ok(new ListRecords.Query(question, "amount", new PageRequest(200)), rep.As())).Items;
            var (walked, after) = (new List<Guid>(), (string?)null);
            do
            {
                var page = await crm.Ok(new ListRecords.Query(question, "amount", new PageRequest(4, after)), rep.As());
                walked.AddRange(page.Items.Select(row => row.Id));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(23, whole.Count);
            Assert.Equal(whole.Select(row => row.Id), walked);
        }
    }

    [Fact]
    public async Task Count_and_sums_are_those_of_the_rows_added_up_one_by_one()
    {
        var (rep, _) = await Deals(40);
        foreach (var filter in new[] { null, """{"all":[{"field":"amount","op":"gte","value":300}]}""",
            """{"all":[{"field":"customer.name","op":"startsWith","value":"a"}]}""",
            """{"any":[{"field":"currency","op":"is","value":"JPY"},{"field":"amount","op":"empty"}]}""" })
        {
            var question = new ListQuestion(FactSubject.Deal, Filter: filter);
            var rows = (await crm.Ok(new ListRecords.Query(question, "amount,currency", new PageRequest(200)), rep.As())).Items;
            var figures = await crm.Ok(new SumRecords.Query(question), rep.As());
            Assert.Equal(rows.Count, figures.Count);
            Assert.Equal(
                rows.Select(row => row.Facts["amount"].Value).OfType<Money>().GroupBy(money => money.Currency)
                    .OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => new Money(sum.Sum(money => money.Amount), sum.Key)),
                figures.Sums.Select(sum => new Money(Money.Plain(sum.Amount), sum.Currency)));
            Assert.Equal(rows.Count(row => row.Facts["amount"].IsEmpty), figures.WithoutAmount);
        }
    }

    [Fact]
    public async Task Nobody_reads_counts_or_chooses_what_they_may_not_see()
    {
        var (rep, _) = await Deals(3);
        var (other, deals) = await Deals(5);
        var question = new ListQuestion(FactSubject.Deal);
        Assert.Equal(deals.Select(deal => deal.Id.Value).Order(),
            (await crm.Ok(new ListRecords.Query(question, null, new PageRequest()), other.As())).Items.Select(row => row.Id).Order());
        Assert.Equal(5, (await crm.Ok(new SumRecords.Query(question), other.As())).Count);
        Assert.Equal(3, (await crm.Ok(new SelectRecords.Query(question), rep.As())).Rows.Count);
        Assert.Equal(0,
            (await crm.Ok(new SumRecords.Query(
                question with { Filter = $$$"""{"all":[{"field":"ownerId","op":"is","value":"{{{other}}}"}]}""" }), rep.As())).Count);
    }

    [Fact]
    public async Task Every_fact_with_a_value_is_a_column_custom_ones_too()
    {
        var (rep, deals) = await Deals(1);
        var key = $"f{Guid.NewGuid():N}";
        await crm.Ok(new AddCustomField.Command(FactSubject.Deal, key, FactType.Money, ("Berth", "泊位")), (await crm.User(Role.Admin))
            .As());
        var deal = await crm.Ok(new UpdateDeal.Command(deals[0].Id, deals[0].Version, new MoveFields()
            .And("custom." + key, new { amount = 12.5m, currency = "EUR" })), rep.As());
        var facts = (await crm.Ok(new ListFacts.Query(), rep.As())).Where(fact => fact.Writable || !fact.Bringable)
            .Select(fact => fact.Key).ToList();
        var row = Assert.Single((await crm.Ok(new ListRecords.Query(new ListQuestion(FactSubject.Deal), string.Join(',', facts),
            new PageRequest()), rep.As())).Items);
        Assert.Equal(facts, row.Facts.Keys);
        Assert.Equal(new Money(12.5m, "EUR"), row.Facts["custom." + key].Value);
        Assert.Equal(deal.Title, row.Facts["title"].Value);

        var ofCustomer = facts.Where(fact => fact.StartsWith("customer.", StringComparison.Ordinal)
            || fact is "contacts" or "decisionMakers").ToList();
        var customers = await crm.Ok(new ListRecords.Query(new ListQuestion(FactSubject.Customer), string.Join(',', ofCustomer),
            new PageRequest()), rep.As());
        Assert.All(customers.Items, customer => Assert.Equal(ofCustomer.Count, customer.Facts.Count));
    }

    [Theory]
    [InlineData("amount,amount", null, null, "columns")]
    [InlineData("reasonCode", null, null, "columns")]
    [InlineData("d.id; drop table deals", null, null, "columns")]
    [InlineData(null, "{", null, "filter")]
    [InlineData(null, null, "height", "sort")]
    public async Task What_no_list_knows_is_said_at_its_parameter(string? columns, string? filter, string? sort, string parameter)
    {
        var problem = (await crm.Door.Send(new ListRecords.Query(new ListQuestion(FactSubject.Deal, Filter: filter, Sort: sort), columns,
            new PageRequest()), (await crm.User(Role.Rep)).As(), DealSteps.Ct)).Problem;
        Assert.Equal([parameter], problem!.Errors.Keys);
    }

    [Fact]
    public async Task Of_customers_nothing_of_their_deals_is_told()
    {
        var rep = (await crm.User(Role.Rep)).As();
        var problem = (await crm.Door.Send(new ListRecords.Query(new ListQuestion(FactSubject.Customer), "amount", new PageRequest()),
            rep, DealSteps.Ct)).Problem;
        Assert.Equal(["columns"], problem!.Errors.Keys);
        await crm.Ok(new CreateCustomer.Command("Quayside Ropes"), rep);
        var found = await crm.Ok(new ListRecords.Query(new ListQuestion(FactSubject.Customer, Search: "quayside"), null,
            new PageRequest()), rep);
        Assert.Equal("Quayside Ropes", Assert.Single(found.Items).Name);
    }

    [Fact]
    public async Task A_view_keeps_its_columns()
    {
        var rep = await crm.User(Role.Rep);
        var view = await crm.Ok(new SaveView.Command("deals", "Mine",
            JsonSerializer.SerializeToElement(new { columns = "title,amount", sort = "-amount" })), rep.As());
        Assert.Equal("title,amount", view.Query.GetProperty("columns").GetString());
        var bad = await crm.Door.Send(new SaveView.Command("customers", "Mine",
            JsonSerializer.SerializeToElement(new { columns = "amount" })), rep.As(), DealSteps.Ct);
        Assert.Equal(["query.columns"], bad.Problem!.Errors.Keys);
    }

    /// <summary>Deals of a rep of their own, with amounts in several currencies and some without.</summary>
    private async Task<(UserId Rep, IReadOnlyList<DealView> Deals)> Deals(int count)
    {
        var rep = await crm.User(Role.Rep, await crm.Team());
        var deals = new List<DealView>();
        for (var i = 0; i < count; i++)
        {
            var customer = (await crm.Ok(new CreateCustomer.Command($"{(char)('A' + (i % 5))} Works {Guid.NewGuid():N}"), rep.As())).Id;
            var amount = i % 4 == 3 ? (decimal?)null : 100m * (i % 7);
            deals.Add(await crm.Ok(new CreateDeal.Command(customer, $"Deal {i % 3}", amount, amount is null ? null : Currencies[i % 3]),
                rep.As()));
        }

        return (rep, deals);
    }
}
