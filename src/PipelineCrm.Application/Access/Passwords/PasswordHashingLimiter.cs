using System.Diagnostics;

namespace PipelineCrm.Access;

/// <summary>
/// Hashing a password keeps a processor busy for a tenth of a second, on purpose. Half of the processors at most do it at once, while
/// others wait they rest as long as they worked, and the queue is short; whoever comes then is asked to come again. Everybody else's work
/// goes on.
/// </summary>
internal sealed class PasswordHashingLimiter : IDisposable
{
    /// <summary>With one place and a tenth of a second each the last of the queue waits about four seconds.</summary>
    private const int QueueLength = 20;

    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _places = new(Places);
    private int _inside;

    private static int Places => Math.Max(1, Environment.ProcessorCount / 2);

    public void Dispose() => _places.Dispose();

    /// <summary>Does the work when there is a place, or answers a problem that says when to come again.</summary>
    public async Task<Result<T>> Do<T>(Func<Task<Result<T>>> work, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _inside) > Places + QueueLength)
        {
            Interlocked.Decrement(ref _inside);
            return AttemptThrottle.TooMany(ComeAgain);
        }

        try
        {
            await _places.WaitAsync(ct);
            try
            {
                var began = Stopwatch.GetTimestamp();
                var done = await work();
                if (Volatile.Read(ref _inside) > Places)
                {
                    await Task.Delay(Stopwatch.GetElapsedTime(began), ct);
                }

                return done;
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }
}
