using System.Collections.Concurrent;
using PipelineCrm.Persistence.Outbox;

namespace PipelineCrm.Live;

/// <summary>Hands what was read of the outbox on to whoever follows on this node.</summary>
internal sealed class ChangeHub(TimeProvider time)
{
    private readonly ConcurrentDictionary<ChangeSubscription, bool> _followers = [];

    public int Followers => _followers.Count;

    public ChangeSubscription Follow()
    {
        var subscription = new ChangeSubscription(time, gone => _followers.TryRemove(gone, out _));
        _followers[subscription] = true;
        return subscription;
    }

    public void Publish(IReadOnlyList<OutboxRow> rows)
    {
        foreach (var (follower, _) in _followers)
        {
            foreach (var row in rows)
            {
                follower.Offer(row);
            }
        }
    }

    /// <summary>Too much happened, or nobody knows what: everybody reads anew what they show.</summary>
    public void StartOver()
    {
        foreach (var (follower, _) in _followers)
        {
            follower.StartOver();
        }
    }
}
