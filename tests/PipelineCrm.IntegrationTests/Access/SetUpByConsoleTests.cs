using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class SetUpByConsoleTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task An_admin_made_on_the_console_voids_the_setup_token_and_a_rep_does_not()
    {
        var token = (await crm.Ok(new RenewSetupToken.Command(), Caller.Console)).Token!;
        await crm.Ok(new InviteUser.Command("rep@test.example", "Rep", Role.Rep), Caller.Console);
        Assert.False((await crm.Ok(new GetSetupState.Query(), Caller.Anonymous)).IsSetUp);
        await crm.Ok(new InviteUser.Command("admin@test.example", "Admin", Role.Admin), Caller.Console);
        Assert.True((await crm.Ok(new GetSetupState.Query(), Caller.Anonymous)).IsSetUp);
        var late = await crm.No(new SetUpOrganisation.Command(token, "Org", "UTC", "EUR", "Eve", "eve@test.example", CrmUsers.Password),
            Caller.Anonymous);
        Assert.Equal(ProblemCode.Conflict, late.Code);
    }
}
