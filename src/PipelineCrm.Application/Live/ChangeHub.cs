using System.Collections.Concurrent;
using PipelineCrm.Persistence.Outbox;

namespace PipelineCrm.Live;

/// <summary>Hands what was read of the outbox on to whoever follows on this node.</summary>
internal sealed class ChangeHub(TimeProvider time)
{
    /// <summary>A page is followed by its circuit within this time after it was drawn, or not at all.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ChangeSubscription, bool> _followers = [];
    private readonly Queue<(DateTimeOffset At, OutboxRow Row)> _recent = [];

    public int Followers => _followers.Count;

    public ChangeSubscription Follow()
    {
        var subscription = new ChangeSubscription(time, gone => _followers.TryRemove(gone, out _));
        _followers[subscription] = true;
        return subscription;
    }

    /// <summary>Hands on what was published from an instant on: for who shows what was read then. Some of it may come twice.</summary>
    public void CatchUp(ChangeSubscription subscription, DateTimeOffset since)
    {
        if (time.GetUtcNow() - since >= Remembered)
        {
            subscription.StartOver();
            return;
        }

        OutboxRow[] missed;
        lock (_recent)
        {
            missed = [.. _recent.Where(one => one.At >= since).Select(one => one.Row)];
        }

        Array.ForEach(missed, subscription.Offer);
    }

    public void Publish(IReadOnlyList<OutboxRow> rows)
    {
        Remember(rows);
        foreach (var (follower, _) in _followers)
        {
            foreach (var row in rows)
            {
                follower.Offer(row);
            }
        }
    }

    private void Remember(IReadOnlyList<OutboxRow> rows)
    {
        var now = time.GetUtcNow();
        lock (_recent)
        {
            foreach (var row in rows)
            {
                _recent.Enqueue((now, row));
            }

            while (_recent.TryPeek(out var oldest) && now - oldest.At >= Remembered)
            {
                _recent.Dequeue();
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
