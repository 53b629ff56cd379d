using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>One requirement: a group of conditions with what it means when it is not met. Exactly one of All and Any is set.</summary>
/// <param name="Key">Names the rule in verdicts and in the ledger; unique within the rule set.</param>
/// <param name="Message">A sentence per language (<c>en</c>, <c>zh-CN</c>) that says what to do.</param>
/// <param name="OverrideBy">Roles that may go on regardless, with a reason.</param>
public sealed record Requirement(
    string Key,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Condition>? All,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Condition>? Any,
    RequirementMode Mode,
    IReadOnlyDictionary<string, string> Message,
    IReadOnlyList<Role> OverrideBy);
