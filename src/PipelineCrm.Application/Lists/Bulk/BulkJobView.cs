using PipelineCrm.Domain;

namespace PipelineCrm.Lists;

/// <summary>A record as the caller has seen it.</summary>
public sealed record SeenRecord(Guid Id, long Version);

/// <summary>The same done to many records, and how far it is: each by itself, so that one that is refused leaves the others as they are
/// wanted.</summary>
/// <param name="Of">How many records it is about.</param>
/// <param name="Unchanged">How many had the value already.</param>
/// <param name="Running">Whether it goes on.</param>
/// <param name="IsUndo">Whether it takes another one back.</param>
/// <param name="EndedBy">Why it ended early, for the person; empty: because they stopped it; null: it did not.</param>
/// <param name="IsMove">Whether deals are moved, or moves of them taken back.</param>
public sealed record BulkJobView(
    Guid Id, FactSubject Subject, int Of, int Changed, int Unchanged, IReadOnlyList<RecordRefusal> Refused, bool Running, bool IsUndo,
    string? EndedBy, bool IsMove)
{
    public int Done => Changed + Unchanged + Refused.Count;

    public int Left => Of - Done;

    /// <summary>Whether all of it was done, each as it was wanted.</summary>
    public bool IsWhole => Left == 0 && Refused.Count == 0;
}

/// <param name="Name">Of the record; null where the caller does not see it.</param>
/// <param name="Code">One of <see cref="ProblemCode"/>, or <see cref="NeedsFields"/>.</param>
/// <param name="Message">Why, for the person.</param>
public sealed record RecordRefusal(Guid Id, string? Name, string Code, string Message)
{
    /// <summary>The rules would let the deal move if fields were filled in.</summary>
    public const string NeedsFields = "needs-fields";
}
