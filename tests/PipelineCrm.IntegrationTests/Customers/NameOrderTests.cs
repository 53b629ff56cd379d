using PipelineCrm.Access;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Products;

namespace PipelineCrm.IntegrationTests.Customers;

/// <summary>Every list by name: Latin letters whatever their case and accents, then Chinese by pinyin, numbers by their value.</summary>
public sealed class NameOrderTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    // By code point: "Mill 10" before "Mill 2", "Zebra" before "anchor", "Éclair" after both, 三 before 安.
    private static readonly string[] Names = ["anchor", "Éclair", "Mill 2", "mill 10", "Zebra", "安徽工厂", "北京工厂", "重庆工厂", "广州工厂", "三亚工厂"];

    [Fact]
    public async Task Customers_in_pages_of_three_and_in_a_picker()
    {
        var rep = (await crm.User(Role.Rep)).As();
        foreach (var name in Names.Reverse())
        {
            await crm.Ok(new CreateCustomer.Command(name), rep);
        }

        Assert.Equal(Names, await Paged(async page =>
        {
            var customers = await crm.Ok(new ListCustomers.Query(null, null, page), rep);
            return (customers.Items.Select(customer => customer.Name), customers.Next);
        }));
        Assert.Equal(Names.Where(name => name.EndsWith("工厂", StringComparison.Ordinal)),
            (await crm.Ok(new SearchCustomers.Query("工厂"), rep)).Items.Select(hit => hit.Name));
        Assert.Equal(Names.Take(8), (await crm.Ok(new SearchCustomers.Query(""), rep)).Items.Select(hit => hit.Name));
    }

    [Fact]
    public async Task Products_in_pages_of_three()
    {
        foreach (var name in Names.Reverse())
        {
            await crm.Ok(new SaveProduct.Command(null, 0, name, null, null, true), Caller.Console);
        }

        Assert.Equal(Names, await Paged(async page =>
        {
            var products = await crm.Ok(new ListProducts.Query(page), Caller.Console);
            return (products.Items.Select(product => product.Name), products.Next);
        }));
    }

    [Fact]
    public async Task Teams_and_people()
    {
        foreach (var name in Names.Reverse())
        {
            await crm.Ok(new CreateTeam.Command(name), Caller.Console);
            await crm.Ok(new InviteUser.Command($"{Guid.NewGuid():N}@test.example", name, Role.Rep), Caller.Console);
        }

        Assert.Equal(Names, (await crm.Ok(new ListTeams.Query(), Caller.Console)).Select(team => team.Name));
        Assert.Equal(Names,
            (await crm.Ok(new ListUserSummaries.Query(), Caller.Console)).Select(person => person.DisplayName).Where(Names.Contains));
        Assert.Equal(Names, (await crm.Ok(new ListUsers.Query(), Caller.Console)).Select(user => user.DisplayName).Where(Names.Contains));
        Assert.Equal(Names, await Paged(async page =>
        {
            var teams = await crm.Ok(new ListSeenTeams.Query(page), Caller.Console);
            return (teams.Items.Select(team => team.Name), teams.Next);
        }));
        Assert.Equal(Names, (await Paged(async page =>
        {
            var users = await crm.Ok(new ListSeenUsers.Query(page), Caller.Console);
            return (users.Items.Select(user => user.Name), users.Next);
        })).Where(Names.Contains));
    }

    private static async Task<List<string>> Paged(Func<PageRequest, Task<(IEnumerable<string> Names, string? Next)>> read)
    {
        var all = new List<string>();
        string? after = null;
        do
        {
            var (names, next) = await read(new PageRequest(3, after));
            all.AddRange(names);
            after = next;
        }
        while (after is not null);
        return all;
    }
}
