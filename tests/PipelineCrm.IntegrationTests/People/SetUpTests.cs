using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.People;

namespace PipelineCrm.IntegrationTests.People;

public sealed class SetUpTests(Crm crm) : IClassFixture<Crm>
{
    private static SetUp.Command Command(string token, string password = CrmPeople.Password) =>
        new(token, "Lakes Ltd", "Asia/Shanghai", "CNY", "Ada Admin", "ada@lakes.example", password);

    [Fact]
    public async Task A_setup_token_makes_one_admin_and_is_used_up()
    {
        Assert.False((await crm.Ok(new ReadSetup.Query(), Caller.Anonymous)).IsSetUp);
        var token = (await crm.Ok(new RenewSetupToken.Command(), Caller.Console)).Token!;

        Assert.Contains("token", (await crm.No(Command("ABCD-EFGH-JKMN-PQRS-TVWX"), Caller.Anonymous)).Errors.Keys);
        Assert.Contains("password", (await crm.No(Command(token, "password1234"), Caller.Anonymous)).Errors.Keys);
        var wrong = await crm.No(new SetUp.Command("", " ", "Mars/Olympus", "XXX", "", "no address", "short"), Caller.Anonymous);
        Assert.Equal(
            ["baseCurrency", "displayName", "email", "organisationName", "password", "timeZone", "token"],
            wrong.Errors.Keys.Order(StringComparer.Ordinal));

        var admin = await crm.Ok(Command(token.ToLowerInvariant().Replace('-', ' ')), Caller.Anonymous);
        var profile = await crm.Ok(new ReadProfile.Query(), admin.As());
        Assert.Equal((Role.Admin, "Ada Admin"), (profile.Role, profile.DisplayName));
        var settings = await crm.Ok(new ReadSettings.Query(), admin.As());
        Assert.Equal(("Lakes Ltd", "Asia/Shanghai", "CNY"), (settings.OrganisationName, settings.TimeZone, settings.BaseCurrency));

        Assert.True((await crm.Ok(new ReadSetup.Query(), Caller.Anonymous)).IsSetUp);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(Command(token), Caller.Anonymous)).Code);
        Assert.Null((await crm.Ok(new RenewSetupToken.Command(), Caller.Console)).Token);
    }
}

public sealed class SetUpOfSeveralCopiesTests(Crm crm) : IClassFixture<Crm>
{
    /// <summary>How many starts back a token may have been shown.</summary>
    private const int Kept = 8;

    [Fact]
    public async Task A_copy_that_starts_beside_another_leaves_its_setup_token_good_and_tokens_of_long_ago_are_void()
    {
        var shown = new List<string>();
        for (var start = 0; start <= Kept; start++)
        {
            shown.Add((await crm.Ok(new RenewSetupToken.Command(), Caller.Console)).Token!);
        }

        Assert.Contains("token", (await crm.No(Command(shown[0]), Caller.Anonymous)).Errors.Keys);
        await crm.Ok(Command(shown[1]), Caller.Anonymous);
        Assert.All(await Task.WhenAll(shown.Select(token => crm.No(Command(token), Caller.Anonymous))), problem => Assert.Equal(ProblemCode.Conflict, problem.Code));
    }

    private static SetUp.Command Command(string token) => new(token, "Lakes Ltd", "UTC", "EUR", "Ada Admin", "ada@lakes.example", CrmPeople.Password);
}

public sealed class SetUpByConsoleTests(Crm crm) : IClassFixture<Crm>
{
    [Fact]
    public async Task An_admin_made_on_the_console_voids_the_setup_token_and_a_rep_does_not()
    {
        var token = (await crm.Ok(new RenewSetupToken.Command(), Caller.Console)).Token!;
        await crm.Ok(new InviteUser.Command("rep@test.example", "Rep", Role.Rep), Caller.Console);
        Assert.False((await crm.Ok(new ReadSetup.Query(), Caller.Anonymous)).IsSetUp);
        await crm.Ok(new InviteUser.Command("admin@test.example", "Admin", Role.Admin), Caller.Console);
        Assert.True((await crm.Ok(new ReadSetup.Query(), Caller.Anonymous)).IsSetUp);
        var late = await crm.No(new SetUp.Command(token, "Org", "UTC", "EUR", "Eve", "eve@test.example", CrmPeople.Password), Caller.Anonymous);
        Assert.Equal(ProblemCode.Conflict, late.Code);
    }
}
