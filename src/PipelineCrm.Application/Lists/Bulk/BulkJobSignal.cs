using System.Threading.Channels;

namespace PipelineCrm.Lists;

/// <summary>Wakes the worker of this node when there is something to do; one that is missed is found at its next look.</summary>
internal sealed class BulkJobSignal
{
    private readonly Channel<bool> _woken =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _woken.Writer.TryWrite(true);

    /// <summary>Ends at the next wake-up, or after the given time.</summary>
    public async Task Wait(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        using var over = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, over.Token);
        try
        {
            await _woken.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nobody woke it: it looks all the same.
        }
    }
}
