using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Organisation;

namespace PipelineCrm.IntegrationTests.Organisation;

public sealed class OrganisationTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task Currencies_are_those_of_the_deals_that_one_may_see_the_most_frequent_first()
    {
        var (rep, other, admin) = (await crm.User(Role.Rep), await crm.User(Role.Rep), await crm.User(Role.Admin));
        Assert.Empty(await Currencies(admin));
        await Deal(rep, "EUR");
        await Deal(rep, "CNY");
        await Deal(rep, "CNY");
        await Deal(other, "JPY");
        await Deal(other, null);
        var gone = await Deal(other, "CHF");
        await crm.Ok(new ArchiveDeal.Command(gone.Id, gone.Version), other.As());

        Assert.Equal(["CNY", "EUR"], await Currencies(rep));
        Assert.Equal(["JPY"], await Currencies(other));
        Assert.Equal(["CNY", "EUR", "JPY"], await Currencies(admin));
    }

    private async Task<DealView> Deal(UserId by, string? currency) =>
        await crm.Ok(new CreateDeal.Command(await crm.Customer(by), "Deal", currency is null ? null : 10m, currency), by.As());

    private async Task<IReadOnlyList<string>> Currencies(UserId reader) =>
        (await crm.Ok(new DescribeOrganisation.Query(), reader.As())).Currencies;
}
