using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Access;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Organisation;
using PipelineCrm.Rules;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>Two people on one card, and facts that want to change between a decision and its commit.</summary>
public sealed class ConcurrencyTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private const int Rounds = 200;
    private const int Writers = 8;

    [Fact]
    public async Task Of_eight_writers_on_one_version_exactly_one_wins_two_hundred_times()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        for (var round = 0; round < Rounds; round++)
        {
            var move = deal.Stage == Stage.Awareness ? deal.Move(MoveKind.Advance) : deal.Back(Place.Awareness);
            var results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ =>
                crm.Door.Send(move with { IdempotencyKey = Guid.NewGuid().ToString() }, rep.As(), DealSteps.Ct)));
            deal = Assert.Single(results, result => result.Ok).Value!.Deal;
            Assert.All(results.Where(result => !result.Ok), result => Assert.Equal(ProblemCode.Conflict, result.Problem!.Code));
        }

        Assert.Equal(Rounds + 1L, deal.Version);
        Assert.Equal(Rounds + 1L, await crm.Ask<long>("select count(*) from transitions where deal_id = $1", deal.Id.Value));
        Assert.Equal(0, (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Differences);
    }

    [Fact]
    public async Task The_same_request_at_once_moves_once_and_answers_the_same()
    {
        var rep = await crm.User(Role.Rep);
        var move = (await crm.NewDeal(rep)).Move(MoveKind.Advance);
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => crm.Ok(move, rep)));
        Assert.Single(answers.Select(answer => answer.Transition.Id).Distinct());
    }

    [Fact]
    public async Task Two_deals_of_one_customer_moved_at_once_leave_the_right_status()
    {
        var rep = await crm.User(Role.Rep);
        var customer = await crm.Customer(rep);
        var deals = new[] { await crm.NewDeal(rep, customer: customer), await crm.NewDeal(rep, customer: customer) };
        for (var round = 0; round < 25; round++)
        {
            var moved = await Task.WhenAll(
                deals.Select(deal => crm.Ok(deal.Outcome == Outcome.Open ? deal.Lose() : deal.Move(MoveKind.Reopen), rep)));
            deals = [.. moved.Select(one => one.Deal)];
            var expected = deals[0].Outcome == Outcome.Open ? PurchaseStatus.Awareness : PurchaseStatus.Lost;
            Assert.Equal(expected, (await crm.Ok(new GetCustomer.Query(customer), rep.As())).Status);
        }
    }

    public static TheoryData<string> Facts => new("deal", "payment", "contact", "rules", "role", "team", "disabled", "settings");

    /// <summary>The move has decided and not yet written; whoever changes what it looked at waits until it has committed.</summary>
    [Theory]
    [MemberData(nameof(Facts))]
    public async Task What_a_decision_looked_at_cannot_change_before_its_commit(string fact)
    {
        var ct = DealSteps.Ct;
        var team = await crm.Team();
        var rep = await crm.User(Role.Rep, team);
        await crm.User(Role.Admin);
        var heir = await crm.User(Role.Rep, team);
        var deal = await crm.NewDeal(rep);
        var (decided, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var hook = crm.Services.GetRequiredService<MoveTestHook>();
        hook.AfterDecision = _ =>
        {
            hook.AfterDecision = null;
            decided.SetResult();
            return go.Task;
        };
        var moving = crm.Door.Send(deal.Move(MoveKind.Advance), rep.As(), ct);
        await decided.Task.WaitAsync(ct);
        var changing = Change(fact, deal, rep, heir, team);
        await crm.SomebodyWaitsForALock(ct);
        Assert.False(changing.IsCompleted);
        go.SetResult();
        Assert.True((await moving).Ok);
        await changing;
        var verified = await crm.Ok(new VerifyLedger.Query(), Caller.Console);
        Assert.True(verified.Differences == 0, string.Join('\n', verified.Sentences));
    }

    /// <summary>The other way round: a change that is under way when the move arrives is what the move is judged by.</summary>
    [Fact]
    public async Task A_move_that_waited_is_judged_by_what_it_waited_for()
    {
        var ct = DealSteps.Ct;
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        await using var connection = await crm.AsOwner();
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand($"select pg_advisory_xact_lock(2); update users set role = 0 where id = '{rep}'",
            connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
        var moving = crm.Door.Send(deal.Move(MoveKind.Advance), rep.As(), ct);
        await crm.SomebodyWaitsForALock(ct);
        await transaction.CommitAsync(ct);
        Assert.False((await moving).Ok);
        Assert.Equal(1L, await crm.Ask<long>("select version from deals where id = $1", deal.Id.Value));
    }

    private Task Change(string fact, DealView deal, UserId rep, UserId heir, TeamId team) => fact switch
    {
        "deal" => crm.Door.Send(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Amount = 1m }), Caller.Console,
            DealSteps.Ct),
        "payment" => crm.Ok(new AddPayment.Command(deal.Id, 1, "USD", PaymentMethod.Cash), rep.As()),
        "contact" => crm.Ok(new AddContact.Command(deal.CustomerId, "Another"), rep.As()),
        "rules" => crm.Ok(new RestoreRuleVersion.Command(1, "Again"), Caller.Console),
        "role" => crm.Ok(new ChangeUser.Command(rep, "Changed", $"{rep}@test.example", Role.Viewer, team), Caller.Console),
        "team" => crm.Ok(new ChangeUser.Command(rep, "Changed", $"{rep}@test.example", Role.Rep, null), Caller.Console),
        "disabled" => crm.Ok(new DisableUser.Command(rep, heir), Caller.Console),
        "settings" => crm.Ok(new ChangeSettings.Command("Organisation", "Asia/Shanghai", "USD", true), Caller.Console),
        _ => throw new ArgumentOutOfRangeException(nameof(fact)),
    };
}
