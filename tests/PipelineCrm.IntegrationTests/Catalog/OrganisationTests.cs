using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.IntegrationTests.People;

namespace PipelineCrm.IntegrationTests.Catalog;

public sealed class OrganisationTests(Crm crm) : IClassFixture<Crm>
{
    [Fact]
    public async Task Currencies_are_those_of_the_deals_that_one_may_see_the_most_frequent_first()
    {
        var (rep, other, admin) = (await crm.UserAsync(Role.Rep), await crm.UserAsync(Role.Rep), await crm.UserAsync(Role.Admin));
        Assert.Empty(await CurrenciesAsync(admin));
        await DealAsync(rep, "EUR");
        await DealAsync(rep, "CNY");
        await DealAsync(rep, "CNY");
        await DealAsync(other, "JPY");
        await DealAsync(other, null);
        var gone = await DealAsync(other, "CHF");
        await crm.Ok(new ArchiveDeal.Command(gone.Id, gone.Version), other.As());

        Assert.Equal(["CNY", "EUR"], await CurrenciesAsync(rep));
        Assert.Equal(["JPY"], await CurrenciesAsync(other));
        Assert.Equal(["CNY", "EUR", "JPY"], await CurrenciesAsync(admin));
    }

    private async Task<DealView> DealAsync(UserId by, string? currency) =>
        await crm.Ok(new CreateDeal.Command(await crm.CustomerAsync(by), "Deal", currency is null ? null : 10m, currency), by.As());

    private async Task<IReadOnlyList<string>> CurrenciesAsync(UserId reader) => (await crm.Ok(new DescribeOrganisation.Query(), reader.As())).Currencies;
}
