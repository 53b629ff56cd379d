namespace PipelineCrm.Persistence.Actors;

/// <summary>Who acts in this scope, and the instant their changes are recorded with.</summary>
internal sealed class RequestContext(TimeProvider time)
{
    private Actor? _actor;

    public Actor Actor
    {
        get => _actor ?? throw new InvalidOperationException("No request is being handled in this scope.");
        set => _actor = value;
    }

    public bool HasActor => _actor is not null;

    /// <summary>Set by historical import and demo only: the instant that changes of this scope are recorded with.</summary>
    public DateTimeOffset? OccurredAtOverride { get; set; }

    public DateTimeOffset RecordedAt => time.GetUtcNow();

    public DateTimeOffset OccurredAt => OccurredAtOverride ?? RecordedAt;

    /// <summary>Both of one write: the clock is asked once.</summary>
    public (DateTimeOffset Occurred, DateTimeOffset Recorded) Instants()
    {
        var now = RecordedAt;
        return (OccurredAtOverride ?? now, now);
    }
}
