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

    public DateTimeOffset OccurredAt => OccurredAtOverride ?? time.GetUtcNow();

    /// <summary>The day of what is done, in the organisation's zone.</summary>
    public DateOnly Today => Actor.Organisation.DayOf(OccurredAt);
}
