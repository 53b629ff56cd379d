namespace PipelineCrm.Live;

/// <summary>Something that was written and that whoever follows may see. What it is now is read anew, by the rights of that
/// moment.</summary>
/// <param name="Number">Grows with the changes of one subject.</param>
/// <param name="Subject">One of <see cref="ChangeSubjects"/>.</param>
/// <param name="Version">That it was written with; null for what has none.</param>
/// <param name="Write">The same for all that one transaction wrote.</param>
public sealed record Change(long Number, string Subject, string SubjectId, DealId? Deal, CustomerId? Customer, ChangeKind Kind,
    long? Version, long Write);

/// <summary>What happened to it; the numbers stand in the database.</summary>
public enum ChangeKind
{
    Added = 1,
    Changed = 2,
    Removed = 3,

    /// <summary>Its version stayed: a deal has another place in its column, a customer another status.</summary>
    Touched = 4,
}
