using System.Text.Json;

namespace PipelineCrm.Domain;

public enum RuleScopeKind
{
    Enter = 1,
    Leave = 2,
    Move = 3,
}

/// <summary>A rule with the place that it stands at.</summary>
public sealed record ScopedRule(RuleScope Scope, Requirement Requirement)
{
    public string Key => Requirement.Key;
}

/// <summary>Changes of a rule set, each giving a new one. Whether it is good is the validator's to say.</summary>
public static class RuleSetEdits
{
    /// <summary>All rules in the order of the path; one that every move of a kind carries is listed once.</summary>
    public static IReadOnlyList<ScopedRule> Rules(this RuleSet rules) =>
    [
        .. Stages.All.SelectMany(stage => rules.Of(stage).Enter.Select(rule => new ScopedRule(RuleScope.Enter(stage), rule))
            .Concat(rules.Of(stage).Leave.Select(rule => new ScopedRule(RuleScope.Leave(stage), rule)))),
        .. rules.Moves.SelectMany(row => row.Require.Select(rule => new ScopedRule(RuleScope.Of(row.Kind), rule)))
            .DistinctBy(rule => (rule.Scope, rule.Key)),
    ];

    public static StageRules Of(this RuleSet rules, Stage stage) => rules.Stages.GetValueOrDefault(stage) ?? new StageRules([], []);

    public static MoveRule? RowOf(this RuleSet rules, PathStep step) => rules.Moves.FirstOrDefault(step.IsOf);

    /// <summary>Adds the rule at the place, or puts it in the stead of another. One key names one rule: it changes wherever it
    /// stands.</summary>
    public static RuleSet Put(this RuleSet rules, RuleScope place, Requirement rule, ScopedRule? instead = null)
    {
        var at = instead is not null && instead.Scope != place ? rules.Without(instead) : rules;
        var old = instead?.Key ?? rule.Key;
        return at.Each((here, list) =>
        {
            List<Requirement> changed = [.. list.Select(one => one.Key == old ? rule : one)];
            return here == place && !changed.Exists(one => one.Key == rule.Key) ? [.. changed, rule] : changed;
        });
    }

    public static RuleSet Without(this RuleSet rules, ScopedRule rule) =>
        rules.Each((here, list) => here == rule.Scope ? [.. list.Where(one => one.Key != rule.Key)] : list);

    /// <summary>The move with what its kind demands elsewhere, or demands in the default rules.</summary>
    public static RuleSet SwitchOn(this RuleSet rules, PathStep step)
    {
        if (rules.RowOf(step) is not null)
        {
            return rules;
        }

        var require = rules.Moves.FirstOrDefault(row => row.Kind == step.Kind)?.Require ?? DefaultRules.DemandedBy(step.Kind);
        MoveRule added = new(step.Kind, step.From?.Place, step.To, [Role.Rep, Role.Manager, Role.Admin], require);
        var order = PurchasePath.Steps.ToList();
        return rules with { Moves = [.. rules.Moves.Append(added).OrderBy(row => order.FindIndex(one => one.IsOf(row)))] };
    }

    public static RuleSet SwitchOff(this RuleSet rules,
        PathStep step) => rules with { Moves = [.. rules.Moves.Where(row => !step.IsOf(row))] };

    public static RuleSet WithRoles(this RuleSet rules, PathStep step, IReadOnlyList<Role> roles) =>
        rules with { Moves = [.. rules.Moves.Select(row => step.IsOf(row) ? row with { Roles = roles } : row)] };

    public static RuleSet WithDays(this RuleSet rules, Stage stage, int? maxDays, int? warnDays) => rules with
    {
        Stages = new Dictionary<Stage, StageRules>(
            rules.Stages)
        { [stage] = rules.Of(stage) with { MaxDays = maxDays, WarnDays = warnDays } },
    };

    /// <summary>A key for a new rule at the place that no other rule has.</summary>
    public static string NewKey(this RuleSet rules, RuleScope place)
    {
        var taken = rules.Rules().Select(rule => rule.Key).ToHashSet();
        var stem = place.ToString().ToLowerInvariant();
        return Enumerable.Range(1, taken.Count + 1).Select(number => $"{stem}-{number}").First(key => !taken.Contains(key));
    }

    /// <summary>Where issues of the rule are reported, e.g. <c>stages.decision.enter[0]</c>; null where there is no such rule.</summary>
    public static string? PathOf(this RuleSet rules, RuleScope place, string key)
    {
        if (place is { Kind: RuleScopeKind.Move })
        {
            var row = rules.Moves.ToList().FindIndex(row => row.Kind == place.Move && row.Require.Any(rule => rule.Key == key));
            return row < 0 ? null : $"moves[{row}].require[{IndexOf(rules.Moves[row].Require)}]";
        }

        var stage = rules.Of(place.Stage!.Value);
        var list = place.Kind == RuleScopeKind.Enter ? stage.Enter : stage.Leave;
        return IndexOf(list) is var at and >= 0 ? $"stages.{place.Stage.Value.ToWire()}.{place.Kind.ToWire()}[{at}]" : null;

        int IndexOf(IReadOnlyList<Requirement> requirements) => requirements.ToList().FindIndex(rule => rule.Key == key);
    }

    /// <summary>Whether two rules say the same in every word.</summary>
    public static bool IsSameAs(this Requirement one, Requirement other) => Text(one) == Text(other);

    private static string Text(Requirement rule) => JsonSerializer.Serialize(rule, WireNames.Json);

    private static RuleSet Each(this RuleSet rules,
        Func<RuleScope, IReadOnlyList<Requirement>, IReadOnlyList<Requirement>> change) => rules with
        {
            Moves = [.. rules.Moves.Select(row => row with { Require = change(RuleScope.Of(row.Kind), row.Require) })],
            Stages = Stages.All.Where(stage => rules.Stages.ContainsKey(stage)
                || change(RuleScope.Enter(stage), []).Count + change(RuleScope.Leave(stage), []).Count > 0)
            .ToDictionary(stage => stage, stage => rules.Of(stage) with
            {
                Enter = change(RuleScope.Enter(stage), rules.Of(stage).Enter),
                Leave = change(RuleScope.Leave(stage), rules.Of(stage).Leave),
            }),
        };
}
