namespace PipelineCrm.Persistence.Availability;

/// <summary>
/// What kept the database from doing its work the last time, for whoever asks whether it can work: a full disk may show in one table only.
/// </summary>
internal sealed class LastDatabaseOutage(TimeProvider time)
{
    /// <summary>After this long without another one it is over.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15);

    private volatile Seen? _seen;

    public void Note(DatabaseOutageKind kind) => _seen = new Seen(kind, time.GetTimestamp());

    /// <summary>Null where there was none lately.</summary>
    public DatabaseOutageKind? Lately => _seen is { } seen && time.GetElapsedTime(seen.At) < Remembered ? seen.Kind : null;

    private sealed record Seen(DatabaseOutageKind Kind, long At);
}
