using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class SetUpTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static SetUpOrganisation.Command Command(string token, string password = CrmUsers.Password) =>
        new(token, "Lakes Ltd", "Asia/Shanghai", "CNY", "Ada Admin", "ada@lakes.example", password);

    [Fact]
    public async Task A_setup_token_makes_one_admin_and_is_used_up()
    {
        Assert.False((await crm.Ok(new GetSetupState.Query(), Caller.Anonymous)).IsSetUp);
        var token = (await crm.Ok(new RenewSetupToken.Command(), Caller.Console)).Token!;

        Assert.Contains("token", (await crm.No(Command("ABCD-EFGH-JKMN-PQRS-TVWX"), Caller.Anonymous)).Errors.Keys);
        Assert.Contains("password", (await crm.No(Command(token, "password1234"), Caller.Anonymous)).Errors.Keys);
        var wrong = await crm.No(new SetUpOrganisation.Command("", " ", "Mars/Olympus", "XXX", "", "no address", "short"),
            Caller.Anonymous);
        Assert.Equal(
            ["baseCurrency", "displayName", "email", "organisationName", "password", "timeZone", "token"],
            wrong.Errors.Keys.Order(StringComparer.Ordinal));

        var admin = await crm.Ok(Command(token.ToLowerInvariant().Replace('-', ' ')), Caller.Anonymous);
        var profile = await crm.Ok(new GetProfile.Query(), admin.As());
        Assert.Equal((Role.Admin, "Ada Admin"), (profile.Role, profile.DisplayName));
        var settings = await crm.Ok(new GetSettings.Query(), admin.As());
        Assert.Equal(("Lakes Ltd", "Asia/Shanghai", "CNY"), (settings.OrganisationName, settings.TimeZone, settings.BaseCurrency));

        Assert.True((await crm.Ok(new GetSetupState.Query(), Caller.Anonymous)).IsSetUp);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(Command(token), Caller.Anonymous)).Code);
        Assert.Null((await crm.Ok(new RenewSetupToken.Command(), Caller.Console)).Token);
    }
}
