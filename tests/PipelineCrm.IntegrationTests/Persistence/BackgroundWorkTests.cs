using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.Funnel;
using PipelineCrm.Live;
using PipelineCrm.Persistence.Outbox;

namespace PipelineCrm.IntegrationTests.Persistence;

/// <summary>What works in the background outlives a restart of the database: it says so and goes on with the next time.</summary>
public sealed class BackgroundWorkTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private readonly List<LogLevel> _written = [];

    private IServiceScopeFactory Scopes => crm.Services.GetRequiredService<IServiceScopeFactory>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Works => ["totals", "funnel", "answers", "outbox", "purge"];

    [Theory]
    [MemberData(nameof(Works))]
    public async Task Work_goes_on_after_its_connection_was_ended_by_the_server(string work)
    {
        var once = Once(work);
        await once();
        Assert.Empty(_written);
        await EndConnections();

        await once();
        Assert.Equal([LogLevel.Warning], _written);

        await once();
        Assert.Equal([LogLevel.Warning], _written);
    }

    private Func<Task> Once(string work)
    {
        switch (work)
        {
            case "totals":
                var totals = new BoardTotalsProjection(Scopes, TimeProvider.System, new Levels<BoardTotalsProjection>(_written));
                return () => totals.RunOnceOrLog(Ct);
            case "funnel":
                var funnel = new FunnelProjection(Scopes, TimeProvider.System, new Levels<FunnelProjection>(_written));
                return () => funnel.RunOnceOrLog(Ct);
            case "outbox":
                var outbox = new OutboxReader(Scopes, new OutboxSignal(), new ChangeHub(TimeProvider.System),
                    new OutboxLag(TimeProvider.System), TimeProvider.System, new Levels<OutboxReader>(_written));
                return () => outbox.RunOnceOrLog(Ct);
            case "purge":
                var purge = new OutboxPurge(Scopes, TimeProvider.System, new Levels<OutboxPurge>(_written));
                return () => purge.RunOnceOrLog(Ct);
            default:
                var answers = new IdempotencyPurge(Scopes, TimeProvider.System, new Levels<IdempotencyPurge>(_written));
                return () => answers.RunOnceOrLog(Ct);
        }
    }

    /// <summary>As the server does when it is shut down: each connection is told and closed.</summary>
    private async Task EndConnections()
    {
        var connection = new NpgsqlConnection($"{crm.Connections.Crm};Pooling=false");
        await using (connection)
        {
            await connection.OpenAsync(Ct);
            await using var end = new NpgsqlCommand(
                """
                select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity
                where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
                """,
                connection);
            Assert.InRange((long)(await end.ExecuteScalarAsync(Ct))!, 1, 100);
        }
    }

    private sealed class Levels<T>(List<LogLevel> written) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => written.Add(logLevel);
    }
}
