using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Facts;

/// <summary>Lists ordered by any facts: pages neither miss nor repeat a row, and the order is that of the values.</summary>
public sealed class SortTests(FactWorld world) : IClassFixture<FactWorld>
{
    private const int Orders = 60;

    [Fact]
    public async Task Pages_under_any_order_are_the_whole_list_once_in_the_order_of_the_values()
    {
        var facts = world.Catalog.About(FactSubject.Deal).Where(fact => fact.Sort is not null).ToList();
        var inMemory = await world.InMemory();
        var random = new Random(9);
        var decided = 0;
        for (var i = 0; i < Orders; i++)
        {
            var keys = facts.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(fact => (Fact: fact, Down: random.Next(2) == 0))
                .ToList();
            var sort = string.Join(',', keys.Select(key => (key.Down ? "-" : "") + key.Fact.Key));
            var whole = await Pages(sort, PageRequest.MaxLimit);
            Assert.Equal(inMemory.Count, whole.Distinct().Count());
            Assert.True(whole.SequenceEqual(await Pages(sort, 7)), sort);
            foreach (var (one, next) in whole.Zip(whole.Skip(1)))
            {
                var order = Compare(keys, inMemory[one], inMemory[next]);
                Assert.True(order is null or <= 0, $"{sort}: {one} before {next}");
                decided += order is < 0 ? 1 : 0;
            }
        }

        Assert.InRange(decided, Orders * 5, int.MaxValue);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("title,title")]
    [InlineData("reason.code")]
    public async Task An_order_that_cannot_be_is_told(string sort) => Assert.Equal(
        "sort", Assert.Single(
            (await world.No(new ListDeals.Query(new DealFilter(), new PageRequest(5, null), sort), world.Admin.As())).Errors).Key);

    [Fact]
    public async Task A_place_of_another_order_is_refused()
    {
        var page = await world.Ok(new ListDeals.Query(new DealFilter(), new PageRequest(5, null), "title"), world.Admin.As());
        var problem = await world.No(new ListDeals.Query(new DealFilter(), new PageRequest(5, page.Next), "-title"), world.Admin.As());
        Assert.Equal("after", Assert.Single(problem.Errors).Key);
    }

    private async Task<List<DealId>> Pages(string sort, int limit)
    {
        var (ids, after) = (new List<DealId>(), (string?)null);
        do
        {
            var page = await world.Ok(new ListDeals.Query(new DealFilter(), new PageRequest(limit, after), sort), world.Admin.As());
            ids.AddRange(page.Items.Select(deal => deal.Id));
            after = page.Next;
        }
        while (after is not null);
        return ids;
    }

    /// <summary>Negative: in order; null: what words or instants decide, which only the database orders.</summary>
    private static int? Compare(IEnumerable<(FactDefinition Fact, bool Down)> keys, DealFacts one, DealFacts next)
    {
        foreach (var (fact, down) in keys)
        {
            var (left, right) = (one[fact.Key], next[fact.Key]);
            if (left.Value is null || right.Value is null)
            {
                if (left.Value is null && right.Value is null)
                {
                    continue;
                }

                return left.Value is null ? 1 : -1;
            }

            if (Rank(fact, left) is not { } low || Rank(fact, right) is not { } high)
            {
                return null;
            }

            var order = low.CompareTo(high) * (down ? -1 : 1);
            if (order != 0)
            {
                return order;
            }

            if (fact.Type == FactType.Date && fact.Column is null && fact.Custom is null)
            {
                return null;
            }
        }

        return 0;
    }

    private static decimal? Rank(FactDefinition fact, Fact value) => value.Value switch
    {
        decimal number => number,
        Money money => money.Amount,
        DateOnly day => day.DayNumber,
        bool flag => flag ? 1 : 0,
        string code when fact.Choices is { IsNumbered: true, Listed: { } listed } => listed.Single(choice => choice.Code == code).Number,
        _ => null,
    };
}
