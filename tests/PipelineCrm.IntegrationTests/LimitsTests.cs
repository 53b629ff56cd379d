using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.IntegrationTests.People;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests;

/// <summary>Nobody waits for ever: what a connection may hold and for how long, and what is told meanwhile.</summary>
public sealed class LimitsTests(Crm crm) : IClassFixture<Crm>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Prepared => crm.Services.GetRequiredService<PreparedConnections>().ConnectionString;

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
        await using var command = new NpgsqlCommand("select current_setting($1)", connection) { Parameters = { new() { Value = setting } } };
        Assert.Equal(value, await command.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task Who_falls_silent_while_publishing_stops_moves_for_no_longer_than_the_limit()
    {
        var rep = await crm.UserAsync(Role.Rep);
        var deal = await crm.NewDealAsync(rep);
        var readiness = crm.Services.GetRequiredService<Readiness>();
        Assert.Null((await readiness.AskAsync(crm.Connections.Crm, Ct)).Trouble);

        // To the server, a client whose network was cut within a transaction is one that says nothing.
        await using var silent = new NpgsqlConnection(Prepared);
        await silent.OpenAsync(Ct);
        await using var publish = new NpgsqlCommand($"begin; select pg_advisory_xact_lock({Persistence.Locks.Rules})", silent);
        await publish.ExecuteNonQueryAsync(Ct);
        var started = Stopwatch.GetTimestamp();
        var moving = crm.Door.Send(deal.Move(MoveKind.Advance), rep.As(), Ct);
        var blocked = await readiness.AskAsync(crm.Connections.Crm, Ct);
        Assert.Equal("blocked", blocked.Trouble);
        Assert.Contains($"process id {silent.ProcessID} (idle in transaction)", blocked.Reason, StringComparison.Ordinal);

        var moved = await moving;
        Assert.True(moved.Ok, moved.Problem?.Message);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 5, 14);
        await using var ask = new NpgsqlCommand("select 1", silent);
        Assert.Equal("25P03", (await Assert.ThrowsAsync<PostgresException>(() => ask.ExecuteScalarAsync(Ct))).SqlState);
        Assert.Null((await readiness.AskAsync(crm.Connections.Crm, Ct)).Trouble);
    }

    [Fact]
    public async Task Who_waits_for_a_lock_too_long_is_told_that_nothing_was_changed()
    {
        var rep = await crm.UserAsync(Role.Rep);
        var deal = await crm.NewDealAsync(rep);
        await using var services = new ServiceCollection().AddLogging().AddPipelineCrm(_ => $"{crm.Connections.Crm};Options=-c lock_timeout=200ms").BuildServiceProvider();
        await using var holder = await crm.AsAppAsync();
        await using var transaction = await holder.BeginTransactionAsync(Ct);
        await using var hold = new NpgsqlCommand("select 1 from deals where id = $1 for update", holder, transaction) { Parameters = { new() { Value = deal.Id.Value } } };
        await hold.ExecuteNonQueryAsync(Ct);
        var door = services.GetRequiredService<Door>();
        var problem = (await door.Send(deal.Move(MoveKind.Advance), rep.As(), Ct)).Problem;
        Assert.Equal((ProblemCode.Unavailable, "The database is busy at the moment. Nothing was changed: try again in a few seconds."), (problem?.Code, problem?.Message));
        await transaction.RollbackAsync(Ct);
        Assert.True((await door.Send(deal.Move(MoveKind.Advance), rep.As(), Ct)).Ok);
    }

    [Fact]
    public async Task What_takes_longer_has_its_own_time()
    {
        // Statements of the comparison, of a report and of the demo's kind outlast a limit that cuts everybody else's short.
        await using var services = new ServiceCollection().AddLogging().AddPipelineCrm(_ => $"{crm.Connections.Crm};Options=-c statement_timeout=1s").BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        await db.Database.OpenConnectionAsync(Ct);
        await using var transaction = await db.Begin(Ct);
        await db.AllowLongWork(Ct);
        var set = new List<string>();
        await new Reads(db.Connection).Add(
            "select current_setting(name) from unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) name", row => set.Add(row.GetString(0))).Run(Ct);
        Assert.Equal(["0", "1min", "1min"], set);
        await transaction.RollbackAsync(Ct);
        set.Clear();
        await new Reads(db.Connection).Add("select current_setting('statement_timeout')", row => set.Add(row.GetString(0))).Run(Ct);
        Assert.Equal(["1s"], set);
    }
}
