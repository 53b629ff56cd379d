using PipelineCrm.Localization;

namespace PipelineCrm.Access;

/// <summary>
/// Slows down whoever guesses: of each key a few attempts are free, every further one doubles the wait for the next, up to a longest
/// wait. Nothing is ever locked. Kept in the memory of this node: behind several nodes a guesser has as many times the free attempts.
/// </summary>
internal sealed class AttemptThrottle(TimeProvider time)
{
    /// <summary>One address may serve a whole office.</summary>
    public static readonly ThrottlePolicy Address = new(Free: 10, Longest: TimeSpan.FromMinutes(5));

    /// <summary>Of an account, by browsers that never were in: short, because its owner may come with a new one.</summary>
    public static readonly ThrottlePolicy Account = new(Free: 10, Longest: TimeSpan.FromSeconds(30));

    /// <summary>Of an account by one address, by a browser that was in before, or by an open sign-in: nobody else waits for it.</summary>
    public static readonly ThrottlePolicy Pair = new(Free: 5, Longest: TimeSpan.FromMinutes(15));

    /// <summary>Setup tokens are pasted.</summary>
    public static readonly ThrottlePolicy SetupToken = new(Free: 5, Longest: TimeSpan.FromMinutes(5));

    /// <summary>After so long without an attempt the past is forgotten.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(30);

    /// <summary>About 10 MB; beyond it those that were idle longest are forgotten.</summary>
    private const int MostKeys = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Past> _pasts = [];

    /// <summary>Counts an attempt for every key, or answers how long to wait first. It counts as wrong until it is taken back.</summary>
    public TimeSpan? Enter(params ReadOnlySpan<(string Key, ThrottlePolicy Pace)> keys)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var wait = TimeSpan.Zero;
            foreach (var (key, _) in keys)
            {
                if (_pasts.TryGetValue(key, out var past) && Left(past, now) is var left && left > wait)
                {
                    wait = left;
                }
            }

            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            foreach (var (key, pace) in keys)
            {
                Count(key, pace, now);
            }

            return null;
        }
    }

    /// <summary>The attempt was right: it is not counted.</summary>
    public void TakeBack(params ReadOnlySpan<string> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                if (_pasts.TryGetValue(key, out var past) && past.Attempts > 0)
                {
                    _pasts[key] = past with { Attempts = past.Attempts - 1, Wait = TimeSpan.Zero };
                }
            }
        }
    }

    public static Problem TooMany(TimeSpan wait) =>
        new(ProblemCode.TooManyRequests, AccessMessages.TooManyAttempts(wait)) { RetryAfter = wait };

    private void Count(string key, ThrottlePolicy pace, long now)
    {
        var attempts = _pasts.TryGetValue(key, out var past) && time.GetElapsedTime(past.At, now) < Forgotten ? past.Attempts + 1 : 1;
        var doublings = Math.Min(attempts - pace.Free, 20);
        var wait = doublings < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, doublings), pace.Longest.TotalSeconds));
        _pasts[key] = new Past(attempts, now, wait);
        if (_pasts.Count > MostKeys)
        {
            foreach (var idle in _pasts.OrderBy(one => one.Value.At).Take(MostKeys / 4).Select(one => one.Key).ToList())
            {
                _pasts.Remove(idle);
            }
        }
    }

    private TimeSpan Left(Past past, long now) => past.Wait - time.GetElapsedTime(past.At, now);

    /// <param name="Free">How many attempts nobody waits after.</param>
    internal sealed record ThrottlePolicy(int Free, TimeSpan Longest);

    private readonly record struct Past(int Attempts, long At, TimeSpan Wait);
}
