using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class TeamsTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task The_tree_has_no_cycle_and_no_two_of_a_name()
    {
        var north = await crm.Ok(new CreateTeam.Command("North"), Caller.Console);
        var city = await crm.Ok(new CreateTeam.Command("City", north), Caller.Console);
        var street = await crm.Ok(new CreateTeam.Command("Street", city), Caller.Console);

        Assert.Equal(["name"], (await crm.No(new CreateTeam.Command(" nORTH "), Caller.Console)).Errors.Keys);
        Assert.Equal(["parent"], (await crm.No(new CreateTeam.Command("Nowhere", TeamId.New()), Caller.Console)).Errors.Keys);
        Assert.Equal(["parent"], (await crm.No(new ChangeTeam.Command(north, "North", street, 1), Caller.Console)).Errors.Keys);
        Assert.Equal(["parent"], (await crm.No(new ChangeTeam.Command(north, "North", north, 1), Caller.Console)).Errors.Keys);
        Assert.Equal(["name"], (await crm.No(new ChangeTeam.Command(city, "STREET", north, 1), Caller.Console)).Errors.Keys);

        await crm.Ok(new ChangeTeam.Command(street, "Street", north, 1), Caller.Console);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new ChangeTeam.Command(street, "Street", null, 1), Caller.Console)).Code);
        var tree = await crm.Ok(new ListTeams.Query(), Caller.Console);
        Assert.Equal(["North 0", "City 1", "Street 1"],
            tree.Where(t => t.Id == north || t.Id == city || t.Id == street).Select(t => $"{t.Name} {t.Depth}"));
    }

    [Theory]
    [InlineData(Role.Admin, "Own 1, Below 2, Beside 0")]
    [InlineData(Role.Manager, "Own 0, Below 1")]
    [InlineData(Role.Viewer, "Own 0, Below 1")]
    [InlineData(Role.Rep, "Own 0")]
    [InlineData(null, "")]
    public async Task Filters_offer_the_teams_whose_deals_one_sees(Role? role, string expected)
    {
        var name = $"{Guid.NewGuid():N}";
        var above = await crm.Ok(new CreateTeam.Command($"Above {name}"), Caller.Console);
        var own = await crm.Ok(new CreateTeam.Command($"Own {name}", above), Caller.Console);
        await crm.Ok(new CreateTeam.Command($"Below {name}", own), Caller.Console);
        await crm.Ok(new CreateTeam.Command($"Beside {name}"), Caller.Console);
        var asker = await crm.Member(role ?? Role.Manager, role is null ? null : own);
        var offered = (await crm.Ok(new ListTeams.Query(), asker.As())).Where(team => team.Name.EndsWith(name, StringComparison.Ordinal))
            .ToList();
        Assert.Equal(
            expected.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            offered.Where(team => team.Id != above).Select(team => $"{team.Name.Split(' ')[0]} {team.Depth}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(role == Role.Admin, offered.Exists(team => team.Id == above));
        Assert.DoesNotContain(offered, team => role != Role.Admin && team.Parent == above);
    }

    [Fact]
    public async Task A_team_with_members_or_teams_below_stays()
    {
        var above = await crm.Ok(new CreateTeam.Command("Above"), Caller.Console);
        var below = await crm.Ok(new CreateTeam.Command("Below", above), Caller.Console);
        var member = await crm.Member(Role.Rep, below);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new DeleteTeam.Command(above), Caller.Console)).Code);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new DeleteTeam.Command(below), Caller.Console)).Code);
        await crm.Ok(new ChangeUser.Command(member, "Member", $"{member}@test.example", Role.Rep, null), Caller.Console);
        await crm.Ok(new DeleteTeam.Command(below), Caller.Console);
        await crm.Ok(new DeleteTeam.Command(above), Caller.Console);
    }

    [Fact]
    public async Task Changed_settings_and_teams_stand_in_the_history_with_who_did_it()
    {
        var admin = await crm.Member(Role.Admin);
        Assert.Equal(["timeZone"], (await crm.No(new ChangeSettings.Command("Org", "Nowhere", "USD", true), admin.As())).Errors.Keys);
        await crm.Ok(new ChangeSettings.Command("Org", "Europe/Berlin", "EUR", false), admin.As());
        Assert.Equal(
            "\"Europe/Berlin\"",
            await crm.Scalar<string>("select after::text from history where entity = 'settings' and field = 'timeZone' and by_user = $1",
                admin.Value));
        var team = await crm.Ok(new CreateTeam.Command("Written down"), admin.As());
        Assert.Equal(1L,
            await crm.Scalar<long>(
                "select count(*) from history where entity = 'team' and entity_id = $1 and field = 'name' and by_user = $2",
                team.ToString(), admin.Value));
    }
}
