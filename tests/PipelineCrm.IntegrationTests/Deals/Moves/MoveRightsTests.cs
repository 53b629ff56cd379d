using System.Diagnostics.CodeAnalysis;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>A move goes by the rights that its mover had last, and is decided by those that it has now.</summary>
public sealed class MoveRightsTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task Who_may_not_sign_in_any_more_moves_nothing_and_goes_on_when_they_may_again()
    {
        var rep = await crm.User(Role.Rep);
        var deal = (await crm.Ok((await crm.NewDeal(rep)).Move(MoveKind.Advance), rep)).Deal;
        await Change(rep, "disabled_at = now()");
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(deal.Lose(), rep.As())).Code);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(deal.Lose(), rep.As())).Code);
        await Change(rep, "disabled_at = null");
        Assert.Equal(Outcome.Lost, (await crm.Ok(deal.Lose(), rep)).Deal.Outcome);
    }

    [Fact]
    public async Task A_manager_of_another_team_by_now_does_not_find_the_deal()
    {
        var (team, other) = (await crm.Team(), await crm.Team());
        var (rep, manager) = (await crm.User(Role.Rep, team), await crm.User(Role.Manager, team));
        var deal = (await crm.Ok((await crm.NewDeal(rep)).Move(MoveKind.Advance), manager)).Deal;
        await Change(manager, $"team_id = '{other}'");
        Assert.Equal(ProblemCode.NotFound, (await crm.No(deal.Lose(), manager.As())).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(deal.Lose(), manager.As())).Code);
        await Change(manager, $"team_id = '{team}'");
        Assert.Equal(Outcome.Lost, (await crm.Ok(deal.Lose(), manager)).Deal.Outcome);
    }

    [SuppressMessage("Security", "CA2100", Justification = "Composed of constants and ids.")]
    private async Task Change(UserId user, string values)
    {
        await using var owner = await crm.AsOwner();
        await using var command = new NpgsqlCommand($"update users set {values} where id = '{user}'", owner);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(DealSteps.Ct));
    }
}
