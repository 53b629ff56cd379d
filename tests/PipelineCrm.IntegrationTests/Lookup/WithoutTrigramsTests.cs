using Npgsql;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Lookup;

namespace PipelineCrm.IntegrationTests.Lookup;

/// <summary>A server without the contributed modules: what is spelt as it is is found all the same.</summary>
public sealed class WithoutTrigramsTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task Search_finds_parts_but_forgives_nothing()
    {
        await using (var owner = await crm.AsOwner())
        await using (var drop = new NpgsqlCommand("drop extension pg_trgm cascade", owner))
        {
            await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var rep = await crm.User(Role.Rep);
        await crm.Ok(new CreateCustomer.Command("Weathervane"), rep.As());
        await crm.Ok(new CreateCustomer.Command("灰石坡钢构"), rep.As());
        Assert.Equal("Weathervane", Assert.Single((await crm.Ok(new Search.Query("thervan"), rep.As())).Items).Title);
        Assert.Equal("灰石坡钢构", Assert.Single((await crm.Ok(new Search.Query("钢构"), rep.As())).Items).Title);
        Assert.Empty((await crm.Ok(new Search.Query("waethervane"), rep.As())).Items);
    }
}
