using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>One evaluated condition: what was found, what was wanted, and what follows.</summary>
/// <param name="Rule">The requirement's key.</param>
/// <param name="Wanted">The value the rule asks for; null for operators without one.</param>
/// <param name="Found">The value found; null where empty or unknown (<paramref name="Result"/> tells which).</param>
/// <param name="Message">The requirement's sentence per language.</param>
public sealed record ConditionResult(
    string Rule,
    string Field,
    string Operator,
    JsonElement? Wanted,
    JsonElement? Found,
    Truth Result,
    RequirementMode Mode,
    IReadOnlyDictionary<string, string> Message,
    IReadOnlyList<Role> OverrideBy)
{
    /// <summary>The whole requirement's result: a condition of an any-group may fail while its requirement is met.</summary>
    public Truth RuleResult { get; init; }

    /// <summary>The any-group of the requirement that the condition stands in directly, for pages; null for one that is asked for in any
    /// case.</summary>
    [JsonIgnore]
    public int? OneOf { get; init; }
}
