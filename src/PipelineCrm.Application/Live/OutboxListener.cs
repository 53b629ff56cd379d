using Microsoft.Extensions.Logging;
using Npgsql;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Outbox;
using PipelineCrm.Persistence.Projections;

namespace PipelineCrm.Live;

/// <summary>Hears from other nodes that they have written. Deaf while the database is away: the reader's poll stands in.</summary>
internal sealed class OutboxListener(ApplicationConnection connections, OutboxSignal signal, OutboxReader reader, TimeProvider time,
    ILogger<OutboxListener> log)
    : BackgroundWork(log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>A connection of its own, which asks from time to time whether the server is still there.</summary>
    private string Address { get; } =
        new NpgsqlConnectionStringBuilder(connections.ConnectionString)
        {
            Pooling = false,
            NoResetOnClose = false,
            KeepAlive = 30
        }.ConnectionString;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunOnceOrLog(stoppingToken);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    protected override async Task RunOnce(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Address);
        connection.Notification += (_, message) => Hear(message.PID);
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand($"listen {OutboxSql.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    /// <summary>What this node itself wrote, its reader has read already.</summary>
    private void Hear(int process)
    {
        if (process != reader.Process)
        {
            signal.Wake();
        }
    }
}
