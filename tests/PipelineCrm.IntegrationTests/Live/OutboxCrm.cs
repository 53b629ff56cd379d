using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.IntegrationTests.People;
using PipelineCrm.Live;
using PipelineCrm.Persistence.Outbox;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>The outbox as tests look at it, and readers that read when a test says so.</summary>
internal static class OutboxCrm
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What the writing of something appended: a line for each row, by subject and id.</summary>
    public static async Task<IReadOnlyList<OutboxLine>> AppendedAsync(this Crm crm, Func<Task> write)
    {
        var before = await crm.Scalar<long>("select coalesce(max(id), 0) from outbox");
        await write();
        var lines = new List<OutboxLine>();
        await using var connection = await crm.AsOwnerAsync();
        await using var command = new NpgsqlCommand(
            "select subject, subject_id, deal_id, customer_id, owner_before, owner_id, change, version, write_id from outbox where id > $1 order by subject, id", connection)
        {
            Parameters = { new() { Value = before } },
        };
        await using var row = await command.ExecuteReaderAsync(Ct);
        while (await row.ReadAsync(Ct))
        {
            lines.Add(new OutboxLine(
                row.GetString(0), row.GetString(1), Id(row, 2), Id(row, 3), Id(row, 4), Id(row, 5), (ChangeKind)row.GetInt16(6),
                row.IsDBNull(7) ? null : row.GetInt64(7), row.GetInt64(8)));
        }

        return lines;
    }

    /// <summary>A reader of a node of its own.</summary>
    public static Node NewNode(this Crm crm) => new(crm);

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}

internal sealed record OutboxLine(
    string Subject, string Id, Guid? Deal, Guid? Customer, Guid? OwnerBefore, Guid? Owner, ChangeKind Change, long? Version, long Write)
{
    public override string ToString() => $"{Subject} {Change}";
}

/// <summary>One node's signal, hub, lag and reader.</summary>
internal sealed class Node : IDisposable
{
    private readonly Crm _crm;

    public Node(Crm crm)
    {
        _crm = crm;
        Lag = new OutboxLag(TimeProvider.System);
        Reader = new OutboxReader(
            crm.Services.GetRequiredService<IServiceScopeFactory>(), Signal, Hub, Lag, TimeProvider.System, NullLogger<OutboxReader>.Instance);
    }

    public OutboxSignal Signal { get; } = new();

    public ChangeHub Hub { get; } = new(TimeProvider.System);

    public OutboxLag Lag { get; }

    public OutboxReader Reader { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What the node has read by now; what was written before it read first is not among it.</summary>
    public Task ReadAsync() => Reader.OnceOrLog(Ct);

    /// <summary>Follows as a user does, from now on.</summary>
    public async Task<ChangeSubscription> FollowAsync(UserId user)
    {
        await ReadAsync();
        await using var scope = _crm.Services.CreateAsyncScope();
        var actors = scope.ServiceProvider.GetRequiredService<Persistence.ActorSource>();
        await actors.Load(user.As(), Ct);
        return (await new FollowChanges.Handler(Hub, actors).Handle(new FollowChanges.Query(), Ct)).Value!;
    }

    public void Dispose()
    {
        Reader.Dispose();
        Signal.Dispose();
        Lag.Dispose();
    }
}
