using PipelineCrm.Localization;

namespace PipelineCrm.UseCases;

/// <summary>A request that goes before others when there are too many at once: moves, and what a move cannot begin without.</summary>
internal interface IPriorityRequest;

/// <summary>A request that finds out who somebody is: nobody acts yet, so nobody's rights are read for it.</summary>
internal interface ICredentialRequest : IPriorityRequest;

/// <summary>
/// How many requests are handled at once. Ordinary ones wait for a place and are told after a while that there is none; those that go
/// first have places of their own, so that no crowd of readers keeps a move from the database.
/// </summary>
/// <param name="ordinary">Places for ordinary requests.</param>
internal sealed class UseCaseThrottle(int ordinary) : IDisposable
{
    /// <summary>A board or a report under way holds a few megabytes; with twice that, all places together stay below a quarter of the
    /// memory.</summary>
    private const long BytesForOne = 16L * 1024 * 1024;

    /// <summary>Few enough to leave a small machine its memory, enough that a slow report does not hold everybody up.</summary>
    private const int Fewest = 8;

    /// <summary>With those that go first: below the hundred connections that a pool has.</summary>
    private const int Most = 64;

    private const int First = 24;

    /// <summary>As long as somebody looks at a page that does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _ordinary = new(ordinary);
    private readonly SemaphoreSlim _first = new(First);

    /// <summary>As many as the memory bears that this process may use.</summary>
    public static int Fitting(long memory) => (int)Math.Clamp(memory / BytesForOne, Fewest, Most);

    /// <summary>Null where there was no place in time; else to be disposed when the request is handled.</summary>
    public async Task<IDisposable?> Enter(object request, CancellationToken ct)
    {
        var places = request is IPriorityRequest ? _first : _ordinary;
        return await places.WaitAsync(Patience, ct) ? new Place(places) : null;
    }

    public void Dispose()
    {
        _ordinary.Dispose();
        _first.Dispose();
    }

    public static Problem Full => new(ProblemCode.TooManyRequests, ProblemMessages.TooManyAtOnce) { RetryAfter = ComeAgain };

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
