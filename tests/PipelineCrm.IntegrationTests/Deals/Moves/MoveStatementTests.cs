using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>What a move costs the connection and the planner, seen on one connection of its own.</summary>
public sealed class MoveStatementTests(MoveStatementTests.OneConnection crm) : IClassFixture<MoveStatementTests.OneConnection>
{
    [Fact]
    public async Task It_is_two_round_trips_and_none_of_its_statements_is_planned_anew()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        for (var i = 0; i < 12; i++)
        {
            deal = (await crm.Ok(i % 2 == 0 ? deal.Move(MoveKind.Advance) : deal.Back(Place.Awareness), rep)).Deal;
            deal = (await crm.Ok(deal.Lose(), rep)).Deal;
            deal = (await crm.Ok(deal.Move(MoveKind.Reopen), rep)).Deal;
        }

        using var mine = new Activity(nameof(MoveStatementTests)).Start();
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
