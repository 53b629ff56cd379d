namespace PipelineCrm.Domain;

/// <summary>A field that conditions may ask about.</summary>
/// <param name="Key">As in rule sets and the API, e.g. <c>expectedClose</c>.</param>
/// <param name="Operators">The operators that its type allows.</param>
/// <param name="Fillable">Whether a move may bring it along (docs/api.md, fields of a move).</param>
/// <param name="Choices">For choices with a fixed set; null where a table of codes holds them.</param>
public sealed record FieldDefinition(
    string Key,
    FieldType Type,
    IReadOnlyList<string> Operators,
    bool Fillable,
    IReadOnlyList<string>? Choices = null);
