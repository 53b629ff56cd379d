using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Outbox;
using PipelineCrm.Persistence.Projections;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Live;

/// <summary>
/// The node's one reader of the outbox: begins at the present end, goes on from where it was, hands on what it reads and tells the other
/// nodes when this one has written. Woken by whoever writes here and by other nodes; a poll is the net below.
/// </summary>
internal sealed class OutboxReader(
    IServiceScopeFactory scopes, OutboxSignal signal, ChangeHub hub, OutboxLag lag, TimeProvider time, ILogger<OutboxReader> log)
    : BackgroundWork(log)
{
    /// <summary>More than so many rows at once are not handed on: everybody starts over.</summary>
    internal const int Portion = 5000;

    /// <summary>After a crash the server gives numbers of transactions that left nothing behind once more: so far back is read
    /// again.</summary>
    private const ulong Margin = 1000;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Between two reads, and so between two messages to other nodes.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);

    private Position? _position;
    private bool _lost;

    /// <summary>The server process that this node's messages come from.</summary>
    public int Process { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunOnceOrLog(stoppingToken);
            await Task.Delay(Gap, time, stoppingToken);
            await signal.Wait(Poll, stoppingToken);
        }
    }

    protected override async Task RunOnce(CancellationToken ct)
    {
        var tell = signal.TakeWritten();
        try
        {
            await Read(tell, ct);
            _lost = false;
        }
        catch
        {
            _lost = true;
            if (tell)
            {
                signal.Written();
            }

            throw;
        }
    }

    private async Task Read(bool tell, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        await db.Database.OpenConnectionAsync(ct);
        Process = db.Connection.ProcessID;
        var (present, rows) = ((Position?)null, new List<OutboxRow>());
        var batch = new SqlBatch(db.Connection).Query(OutboxSql.Since, Take, First, Running, Portion + 1);
        await (tell ? batch.Execute($"notify {OutboxSql.Channel}") : batch).Run(ct);
        HandOn(present!, rows);
        _position = present;
        lag.Read(rows.Count);

        void Take(NpgsqlDataReader row)
        {
            present ??= new Position(row.GetFieldValue<ulong>(0), row.GetFieldValue<ulong[]>(1), row.GetFieldValue<DateTimeOffset>(2));
            if (!row.IsDBNull(3))
            {
                rows.Add(OutboxRow.Read(row, 3));
            }
        }
    }

    /// <summary>Past everything at first: only where the end is, is asked.</summary>
    private NpgsqlParameter First => new()
    {
        NpgsqlDbType = NpgsqlDbType.Xid8,
        Value = _position is not { } position ? ulong.MaxValue : _lost ? position.Next - Math.Min(position.Next, Margin) : position.Next,
    };

    /// <summary>Those below it that ran then.</summary>
    private NpgsqlParameter Running => new()
    {
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Xid8,
        Value = (_position?.Running ?? []).Where(xid => xid < (ulong)First.Value!).ToArray(),
    };

    private void HandOn(Position present, List<OutboxRow> rows)
    {
        // A position far ahead of the server's means that it holds another database than before; after a long outage rows may be purged
        // already.
        if (_position is not { } last || present.Next + Margin < last.Next || present.At - last.At > OutboxPurge.Kept / 2
            || rows.Count > Portion)
        {
            hub.StartOver();
        }
        else if (rows.Count > 0)
        {
            hub.Publish(rows);
        }
    }

    /// <summary>A snapshot of the server: all that was committed in it has been read.</summary>
    /// <param name="Next">The first number that no transaction had yet.</param>
    /// <param name="Running">Those below it that had not ended.</param>
    private sealed record Position(ulong Next, ulong[] Running, DateTimeOffset At);
}
