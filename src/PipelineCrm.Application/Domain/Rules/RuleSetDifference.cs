namespace PipelineCrm.Domain;

/// <summary>One thing in which two rule sets differ.</summary>
public abstract record RuleSetChange;

/// <param name="Before">Null: it was off.</param>
/// <param name="After">Null: it is off now.</param>
public sealed record MoveChange(PathStep Step, MoveRule? Before, MoveRule? After) : RuleSetChange;

/// <param name="Before">Null: the rule is new.</param>
/// <param name="After">Null: the rule is gone.</param>
public sealed record RequirementChange(ScopedRule? Before, ScopedRule? After) : RuleSetChange;

/// <summary>How long a deal may stay in a stage.</summary>
public sealed record TimeChange(Stage Stage, StageRules Before, StageRules After) : RuleSetChange;

/// <summary>Compares rule sets by what they say, whatever order they say it in.</summary>
public static class RuleSetDifference
{
    /// <summary>What changed from one rule set to another, in the order of the path; nothing where they judge alike.</summary>
    public static IReadOnlyList<RuleSetChange> Between(RuleSet before, RuleSet after)
    {
        var old = before.Rules().ToDictionary(rule => (rule.Scope, rule.Key));
        var now = after.Rules().ToDictionary(rule => (rule.Scope, rule.Key));
        return
        [
            .. PurchasePath.Steps.Select(step => new MoveChange(step, before.RowOf(step), after.RowOf(step))).Where(IsChange),
            .. old.Values.Select(rule => new RequirementChange(rule, now.GetValueOrDefault((rule.Scope, rule.Key)))).Where(IsChange),
            .. now.Values.Where(rule => !old.ContainsKey((rule.Scope, rule.Key))).Select(rule => new RequirementChange(null, rule)),
            .. Stages.All.Select(stage => new TimeChange(stage, before.Of(stage), after.Of(stage))).Where(IsChange),
        ];
    }

    private static bool IsChange(MoveChange change) => (change.Before, change.After) switch
    {
        (null, null) => false,
        ({ } before, { } after) => !before.Roles.Order().SequenceEqual(after.Roles.Order()),
        _ => true,
    };

    private static bool IsChange(RequirementChange change) => change.After is null
        || !change.After.Requirement.IsSameAs(change.Before!.Requirement);

    private static bool IsChange(TimeChange change) =>
        (change.Before.MaxDays, change.Before.WarnDays) != (change.After.MaxDays, change.After.WarnDays);
}
