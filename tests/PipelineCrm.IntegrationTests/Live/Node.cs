using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Live;
using PipelineCrm.Persistence.Outbox;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>One node's signal, hub, lag and reader.</summary>
internal sealed class Node : IDisposable
{
    private readonly CrmFixture _crm;

    public Node(CrmFixture crm)
    {
        _crm = crm;
        Lag = new OutboxLag(TimeProvider.System);
        Reader = new OutboxReader(
            crm.Services.GetRequiredService<IServiceScopeFactory>(), Signal, Hub, Lag, TimeProvider.System,
            NullLogger<OutboxReader>.Instance);
    }

    public OutboxSignal Signal { get; } = new();

    public ChangeHub Hub { get; } = new(TimeProvider.System);

    public OutboxLag Lag { get; }

    public OutboxReader Reader { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What the node has read by now; what was written before it read first is not among it.</summary>
    public Task Read() => Reader.RunOnceOrLog(Ct);

    /// <summary>Follows as a user does, from now on.</summary>
    public async Task<ChangeSubscription> Follow(UserId user)
    {
        await Read();
        await using var scope = _crm.Services.CreateAsyncScope();
        var actors = scope.ServiceProvider.GetRequiredService<PipelineCrm.Persistence.Actors.ActorLoader>();
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
