using PipelineCrm.Access;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>Who may give a deal to whom: a rep keeps it, a manager gives it to anybody of their teams, an admin to anybody.</summary>
public sealed class OwnerTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private const string Ok = "ok";

    [Theory]
    [InlineData(Role.Rep, "colleague", ProblemCode.Forbidden)]
    [InlineData(Role.Rep, "stranger", ProblemCode.Forbidden)]
    [InlineData(Role.Manager, "colleague", Ok)]
    [InlineData(Role.Manager, "below", Ok)]
    [InlineData(Role.Manager, "stranger", ProblemCode.Forbidden)]
    [InlineData(Role.Admin, "stranger", Ok)]
    [InlineData(Role.Admin, "viewer", ProblemCode.Validation)]
    [InlineData(Role.Admin, "disabled", ProblemCode.Validation)]
    public async Task A_deal_is_given_to_whom_the_giver_is_offered(Role role, string whom, string outcome)
    {
        var team = await crm.Team();
        var owner = await crm.User(Role.Rep, team);
        var giver = role == Role.Rep ? owner : await crm.User(role, team);
        var taker = whom switch
        {
            "colleague" => await crm.User(Role.Rep, team),
            "below" => await crm.User(Role.Rep, await crm.Team(team)),
            "viewer" => await crm.User(Role.Viewer, team),
            _ => await crm.User(Role.Rep),
        };
        if (whom == "disabled")
        {
            await crm.Ok(new DisableUser.Command(taker), Caller.Console);
        }

        var deal = await crm.NewDeal(owner);
        var offered = await crm.Ok(new ListUserSummaries.Query(), giver.As());
        var given = await crm.Door.Send(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { OwnerId = (UserId?)taker }),
            giver.As(), DealSteps.Ct);
        Assert.Equal(outcome, given.Problem?.Code ?? Ok);
        Assert.Equal(outcome == Ok, offered.Any(person => person.Id == taker && person.MayBeGiven));
        Assert.Equal(outcome == Ok ? taker : owner,
            new UserId(await crm.Ask<Guid>("select owner_id from deals where id = $1", deal.Id.Value)));
    }
}
