namespace PipelineCrm.Persistence.Outbox;

/// <summary>Wakes whoever reads the outbox. No wake-up is lost: one that comes while the reader works makes it read again.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _woken = new(0);
    private int _waking;
    private int _written;

    /// <summary>Something may have been written on this node.</summary>
    public void Written()
    {
        Volatile.Write(ref _written, 1);
        Wake();
    }

    /// <summary>Something may have been written somewhere.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _waking, 1) == 0)
        {
            _woken.Release();
        }
    }

    /// <summary>Whether this node wrote since it was asked last: then the other nodes are to be told.</summary>
    public bool TakeWritten() => Interlocked.Exchange(ref _written, 0) == 1;

    /// <summary>Ends at the next wake-up, at once where there was one already, or after the given time.</summary>
    /// <returns>Whether it was woken.</returns>
    public async Task<bool> Wait(TimeSpan atMost, CancellationToken ct)
    {
        var woken = await _woken.WaitAsync(atMost, ct);
        Volatile.Write(ref _waking, 0);
        return woken;
    }

    public void Dispose() => _woken.Dispose();
}
