namespace PipelineCrm.Persistence;

/// <summary>Who acts in this scope, and when what they do is said to have happened.</summary>
internal sealed class Occasion(TimeProvider time)
{
    private Actor? _actor;

    public Actor Actor
    {
        get => _actor ?? throw new InvalidOperationException("No request is being handled in this scope.");
        set => _actor = value;
    }

    public bool Known => _actor is not null;

    /// <summary>Set by historical import and demo only: the instant that changes of this scope are said to have happened.</summary>
    public DateTimeOffset? Past { get; set; }

    public DateTimeOffset OccurredAt => Past ?? time.GetUtcNow();

    /// <summary>The day of what is done, in the organisation's zone.</summary>
    public DateOnly Today => Actor.Organisation.DayOf(OccurredAt);
}
