using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>All stage rules as one version. Immutable; a change is a new version.</summary>
/// <param name="Moves">Which moves exist, from where to where, and which roles may make them. A move without a row is switched off.</param>
/// <param name="Stages">What entering and leaving a stage demands. A stage without an entry demands nothing.</param>
public sealed record RuleSet(
    IReadOnlyList<MoveRule> Moves,
    IReadOnlyDictionary<Stage, StageRules> Stages)
{
    /// <summary>The version that verdicts name; 0 for a draft.</summary>
    [JsonIgnore]
    public int Version { get; init; }
}

/// <summary>A move that is switched on.</summary>
/// <param name="From">Null for create; <see cref="Place.Lost"/> for reopen; <see cref="Place.Completed"/> where a move starts from a
/// completed deal.</param>
/// <param name="To">A stage, Lost or Completed.</param>
/// <param name="Require">What the move itself demands, besides leave and enter of the stages.</param>
public sealed record MoveRule(
    MoveKind Kind,
    Place? From,
    Place? To,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<Requirement> Require);

/// <summary>What one stage demands.</summary>
/// <param name="MaxDays">How long a deal may stay, in days; null for no limit.</param>
/// <param name="WarnDays">From which day on to warn; null: at 80 % of <paramref name="MaxDays"/>.</param>
public sealed record StageRules(
    IReadOnlyList<Requirement> Enter,
    IReadOnlyList<Requirement> Leave,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MaxDays = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? WarnDays = null);

/// <summary>
/// A leaf (field, operator, value) or a group (All or Any).
/// A value is a JSON scalar, an array (anyOf, between), or <c>{"field": "amount"}</c>: the value of another field.
/// </summary>
public sealed record Condition(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Op = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Value = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Condition>? All = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Condition>? Any = null);
