namespace PipelineCrm.Lists;

/// <summary>A record as the caller has seen it.</summary>
public sealed record SeenRecord(Guid Id, long Version);

/// <summary>What became of several records that were changed together: each by itself, so that one that is refused leaves the others as
/// they are wanted.</summary>
/// <param name="Unchanged">How many had the value already.</param>
public sealed record RecordEdits(IReadOnlyList<RecordEdit> Changed, int Unchanged, IReadOnlyList<RecordRefusal> Refused);

/// <summary>A record that was changed, with what takes the change back.</summary>
/// <param name="Version">That it has since.</param>
/// <param name="Before">What the changed fields were; an empty one is null.</param>
/// <param name="Archived">Whether it was archived before; null: that was not what was changed.</param>
public sealed record RecordEdit(Guid Id, long Version, JsonFieldDictionary Before, bool? Archived);

/// <param name="Code">One of <see cref="ProblemCode"/>.</param>
/// <param name="Message">Why, for the person.</param>
public sealed record RecordRefusal(Guid Id, string Code, string Message);
