using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>What the machine answers.</summary>
public enum VerdictKind
{
    Allowed = 1,
    Warned = 2,
    NeedsFields = 3,
    NeedsApproval = 4,
    Refused = 5,
}

/// <summary>Three-valued logic: unknown is a fact that was not recorded or may not be read.</summary>
public enum Truth
{
    False = 0,
    True = 1,
    Unknown = 2,
}

/// <summary>Why a role lets a move go on against an overridable rule.</summary>
public sealed record Override(string Code, string Text);

/// <summary>The answer of the decision function for one wanted move.</summary>
/// <param name="Result">Refused, else NeedsFields, else NeedsApproval, else Warned, else Allowed.</param>
/// <param name="Fields">The fields that the request can still bring to make the move possible; empty unless NeedsFields.</param>
/// <param name="Conditions">Every evaluated condition, met or not, shadow ones included (hide them from the mover).</param>
/// <param name="Overridden">Keys of the requirements that an override turned into warnings.</param>
public sealed record Verdict(
    MoveKind Kind,
    Place? To,
    VerdictKind Result,
    VerdictReason Reason,
    IReadOnlyList<string> Fields,
    IReadOnlyList<ConditionResult> Conditions,
    IReadOnlyList<string> Overridden)
{
    [JsonIgnore]
    public bool Moves => Result is VerdictKind.Allowed or VerdictKind.Warned;

    /// <summary>
    /// The failing conditions that stop the move: those of requirements that block, are not met as a whole, and were not overridden. The
    /// first one says what to do. A condition of an any-group may fail while its requirement is met: it stops nothing.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<ConditionResult> Stopping =>
        [.. Conditions.Where(one => one.Mode == RequirementMode.Block && one.Result != Truth.True && one.RuleResult != Truth.True
            && !Overridden.Contains(one.Rule))];

    /// <summary>What the mover is shown as a warning: failing conditions of requirements that warn or were overridden.</summary>
    [JsonIgnore]
    public IReadOnlyList<ConditionResult> Warnings =>
        [.. Conditions.Where(one => one.RuleResult != Truth.True && one.Result != Truth.True
            && (one.Mode == RequirementMode.Warn || Overridden.Contains(one.Rule)))];

    /// <summary>The verdict without what only the admin may see.</summary>
    public Verdict ForMover() => this with { Conditions = [.. Conditions.Where(one => one.Mode != RequirementMode.Shadow)] };
}
