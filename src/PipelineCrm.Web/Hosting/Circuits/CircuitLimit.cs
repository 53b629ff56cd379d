using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// How many live pages this node keeps: the setting Limits:Circuits, else what half of its memory bears. Whoever comes then gets a page
/// that says so and tries again by itself; nobody who is at work is thrown out for them.
/// </summary>
internal sealed class CircuitLimit(int most, TimeProvider time) : CircuitHandler
{
    /// <summary>A full board with its cards took 2.7 MB where it was measured with 512 MB: 150 of them ended the process.</summary>
    private const long BytesForOne = 3L * 1024 * 1024;

    private const int Fewest = 10;

    /// <summary>A page that was sent becomes live within this time, or its reader has left.</summary>
    private static readonly TimeSpan Expected = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<long> _sent = [];
    private int _open;

    public int Most => most;

    public static int Fitting(long memory) => (int)Math.Clamp(memory / 2 / BytesForOne, Fewest, int.MaxValue);

    /// <summary>Takes a place for a page that is about to be sent; false where there is none.</summary>
    public bool Admit()
    {
        while (_sent.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > Expected && _sent.TryDequeue(out _))
        {
        }

        if (Volatile.Read(ref _open) + _sent.Count >= most)
        {
            return false;
        }

        _sent.Enqueue(time.GetTimestamp());
        return true;
    }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _sent.TryDequeue(out _);
        Interlocked.Increment(ref _open);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _open);
        return Task.CompletedTask;
    }
}
