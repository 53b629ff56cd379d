using PipelineCrm.Domain;
using PipelineCrm.Rules;

namespace PipelineCrm.Web.Components.Rules;

/// <summary>A rule as it stands in the editor, with what was typed.</summary>
public sealed class RuleForm
{
    /// <summary>The rule that is being changed; null for a new one.</summary>
    public ScopedRule? Original { get; private init; }

    public required RuleScope Place { get; set; }
    public required string Key { get; set; }
    public RequirementMode Mode { get; set; } = RequirementMode.Block;
    public bool All { get; set; } = true;
    public List<ConditionPartForm> Parts { get; } = [];
    public HashSet<Role> OverrideBy { get; } = [];
    public string MessageEn { get; set; } = "";
    public string MessageZh { get; set; } = "";

    public static RuleForm New(RuleSet rules, Stage stage)
    {
        var place = RuleScope.Enter(stage);
        var form = new RuleForm { Place = place, Key = rules.NewKey(place) };
        form.Parts.Add(ConditionPartForm.Of(ConditionForm.New(FieldKey.Amount)));
        return form;
    }

    public static RuleForm Of(ScopedRule rule)
    {
        var form = new RuleForm { Original = rule, Place = rule.Scope, Key = rule.Key };
        form.Take(rule);
        return form;
    }

    /// <summary>Shows what that rule says; it stays the same rule.</summary>
    public void Take(ScopedRule rule)
    {
        (Place, Mode, All) = (rule.Scope, rule.Requirement.Mode, rule.Requirement.All is not null);
        Parts.Clear();
        Parts.AddRange((rule.Requirement.All ?? rule.Requirement.Any ?? []).Select(ConditionPartForm.Of));
        OverrideBy.Clear();
        OverrideBy.UnionWith(rule.Requirement.OverrideBy);
        MessageEn = rule.Requirement.Message.GetValueOrDefault("en", "");
        MessageZh = rule.Requirement.Message.GetValueOrDefault("zh-CN", "");
    }

    /// <summary>The rule as it is typed at the moment, good or not.</summary>
    public ScopedRule Rule(IReadOnlyList<RuleField> fields)
    {
        IReadOnlyList<Condition> parts = [.. Parts.Select(part => part.Condition(fields))];
        // One language suffices: the other shows it until it is translated.
        var message = new[] { ("en", MessageEn.Trim()), ("zh-CN", MessageZh.Trim()) }.Where(one => one.Item2.Length > 0)
            .ToDictionary(one => one.Item1, one => one.Item2);
        return new ScopedRule(Place, new Requirement(Key, All ? parts : null, All ? null : parts, Mode, message, [.. OverrideBy.Order()]));
    }
}
