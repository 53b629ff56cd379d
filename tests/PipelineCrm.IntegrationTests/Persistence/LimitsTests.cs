using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Availability;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.IntegrationTests.Persistence;

/// <summary>Nobody waits for ever: what a connection may hold and for how long, and what is told meanwhile.</summary>
public sealed class LimitsTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Prepared => crm.Services.GetRequiredService<ApplicationConnection>().ConnectionString;

    [Theory]
    [InlineData("idle_in_transaction_session_timeout", "10s")]
    [InlineData("lock_timeout", "15s")]
    [InlineData("statement_timeout", "30s")]
    [InlineData("tcp_keepalives_idle", "10")]
    [InlineData("tcp_keepalives_interval", "5")]
    [InlineData("tcp_keepalives_count", "3")]
    [InlineData("tcp_user_timeout", "30000")]
    public async Task Requests_connect_with_limits(string setting, string value)
    {
        await using var connection = new NpgsqlConnection(Prepared);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("select current_setting($1)",
            connection)
        { Parameters = { new() { Value = setting } } };
        Assert.Equal(value, await command.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task Who_falls_silent_while_publishing_stops_moves_for_no_longer_than_the_limit()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        var readiness = crm.Services.GetRequiredService<ReadinessCheck>();
        Assert.Null((await readiness.Ask(crm.Connections.Crm, Ct)).Trouble);

        // To the server, a client whose network was cut within a transaction is one that says nothing.
        await using var silent = new NpgsqlConnection($"{Prepared};Pooling=false");
        await silent.OpenAsync(Ct);
        await using var publish =
            new NpgsqlCommand($"begin; select pg_advisory_xact_lock({PipelineCrm.Persistence.Sql.AdvisoryLocks.Rules})", silent);
        await publish.ExecuteNonQueryAsync(Ct);
        var started = Stopwatch.GetTimestamp();
        var moving = crm.Door.Send(deal.Move(MoveKind.Advance), rep.As(), Ct);
        var blocked = await readiness.Ask(crm.Connections.Crm, Ct);
        Assert.Equal("blocked", blocked.Trouble);
        Assert.Contains($"process id {silent.ProcessID} (idle in transaction)", blocked.Reason, StringComparison.Ordinal);

        var moved = await moving;
        Assert.True(moved.Ok, moved.Problem?.Message);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 5, 14);
        Assert.Null((await readiness.Ask(crm.Connections.Crm, Ct)).Trouble);
    }

    [Fact]
    public async Task Who_waits_for_a_lock_too_long_is_told_that_nothing_was_changed()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        await using var services = new ServiceCollection().AddLogging()
            .AddPipelineCrm(_ => $"{crm.Connections.Crm};Options=-c lock_timeout=200ms").BuildServiceProvider();
        await using var holder = await crm.AsApp();
        await using var transaction = await holder.BeginTransactionAsync(Ct);
        await using var hold = new NpgsqlCommand("select 1 from deals where id = $1 for update", holder,
            transaction)
        { Parameters = { new() { Value = deal.Id.Value } } };
        await hold.ExecuteNonQueryAsync(Ct);
        var sender = services.GetRequiredService<UseCaseSender>();
        var problem = (await sender.Send(deal.Move(MoveKind.Advance), rep.As(), Ct)).Problem;
        Assert.Equal((ProblemCode.Unavailable, "The database is busy at the moment. Nothing was changed: try again in a few seconds."),
            (problem?.Code, problem?.Message));
        await transaction.RollbackAsync(Ct);
        Assert.True((await sender.Send(deal.Move(MoveKind.Advance), rep.As(), Ct)).Ok);
    }

    [Fact]
    public async Task What_takes_longer_has_its_own_time()
    {
        // Statements of the comparison, of a report and of the demo's kind outlast a limit that cuts everybody else's short.
        await using var services = new ServiceCollection().AddLogging()
            .AddPipelineCrm(_ => $"{crm.Connections.Crm};Options=-c statement_timeout=1s").BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IServiceProvider>().GetRequiredService<CrmDbContext>();
        await db.Database.OpenConnectionAsync(Ct);
        await using var transaction = await db.Begin(Ct);
        await db.AllowLongRunning(Ct);
        var set = new List<string>();
        await new SqlBatch(db.Connection).Query(
            "select current_setting(name) from unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) name", row => set.Add(row.GetString(0))).Run(Ct);
        Assert.Equal(["0", "1min", "1min"], set);
        await transaction.RollbackAsync(Ct);
        set.Clear();
        await new SqlBatch(db.Connection).Query("select current_setting('statement_timeout')", row => set.Add(row.GetString(0))).Run(Ct);
        Assert.Equal(["1s"], set);
    }
}
