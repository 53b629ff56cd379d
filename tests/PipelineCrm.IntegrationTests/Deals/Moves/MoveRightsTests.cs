using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>A move goes by the rights that its mover had last, and is decided by those that it has now.</summary>
public sealed class MoveRightsTests(MoveRightsTests.OneConnection crm) : IClassFixture<MoveRightsTests.OneConnection>
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

    [Fact]
    public async Task It_is_two_round_trips_and_none_of_its_statements_is_planned_anew()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        for (var i = 0; i < 12; i++)
        {
            deal = (await crm.Ok(i % 2 == 0 ? deal.Move(MoveKind.Advance) : deal.Back(Place.Awareness), rep)).Deal;
        }

        using var mine = new Activity(nameof(MoveRightsTests)).Start();
        var trips = 0;
        using (var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> made) => made.Parent.TraceId == mine.TraceId
                ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStarted = _ => Interlocked.Increment(ref trips),
        })
        {
            ActivitySource.AddActivityListener(listener);
            await crm.Ok(deal.Move(MoveKind.Advance), rep);
        }

        Assert.Equal(2, trips);
        var planned = await crm.PlannedAnew();
        Assert.Contains(planned, statement => statement.Sql.StartsWith("with deal_0", StringComparison.Ordinal));
        Assert.DoesNotContain(planned, statement => statement.Times > 5);
    }

    [SuppressMessage("Security", "CA2100", Justification = "Composed of constants and ids.")]
    private async Task Change(UserId user, string values)
    {
        await using var owner = await crm.AsOwner();
        await using var command = new NpgsqlCommand($"update users set {values} where id = '{user}'", owner);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(DealSteps.Ct));
    }

    /// <summary>One connection for all, so that what the server keeps of its statements can be asked for.</summary>
    public sealed class OneConnection(TestCluster cluster) : CrmFixture(cluster)
    {
        protected override string AppConnection => new NpgsqlConnectionStringBuilder(Connections.Crm) { MaxPoolSize = 1 }.ConnectionString;

        /// <summary>The prepared statements of the connection, and how often each was planned for the values that it was sent
        /// with.</summary>
        public async Task<IReadOnlyList<(string Sql, long Times)>> PlannedAnew()
        {
            await using var scope = Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            await db.Database.OpenConnectionAsync(DealSteps.Ct);
            await using var command = new NpgsqlCommand("select statement, custom_plans from pg_prepared_statements", db.Connection);
            await using var reader = await command.ExecuteReaderAsync(DealSteps.Ct);
            var statements = new List<(string, long)>();
            while (await reader.ReadAsync(DealSteps.Ct))
            {
                statements.Add((reader.GetString(0), reader.GetInt64(1)));
            }

            return statements;
        }
    }
}
