using PipelineCrm.Domain;
using PipelineCrm.Rules;

namespace PipelineCrm.Web.Components.Rules;

/// <summary>A rule as it stands in the editor, with what was typed.</summary>
public sealed class RuleForm
{
    /// <summary>The rule that is being changed; null for a new one.</summary>
    public PlacedRule? Original { get; private init; }

    public required RulePlace Place { get; set; }
    public required string Key { get; set; }
    public RequirementMode Mode { get; set; } = RequirementMode.Block;
    public bool All { get; set; } = true;
    public List<PartForm> Parts { get; } = [];
    public HashSet<Role> OverrideBy { get; } = [];
    public string MessageEn { get; set; } = "";
    public string MessageZh { get; set; } = "";

    public static RuleForm New(RuleSet rules, Stage stage)
    {
        var place = RulePlace.Enter(stage);
        var form = new RuleForm { Place = place, Key = rules.NewKey(place) };
        form.Parts.Add(PartForm.Of(LeafForm.New(FieldKey.Amount)));
        return form;
    }

    public static RuleForm Of(PlacedRule rule)
    {
        var form = new RuleForm { Original = rule, Place = rule.Place, Key = rule.Key };
        form.Take(rule);
        return form;
    }

    /// <summary>Shows what that rule says; it stays the same rule.</summary>
    public void Take(PlacedRule rule)
    {
        (Place, Mode, All) = (rule.Place, rule.Requirement.Mode, rule.Requirement.All is not null);
        Parts.Clear();
        Parts.AddRange((rule.Requirement.All ?? rule.Requirement.Any ?? []).Select(PartForm.Of));
        OverrideBy.Clear();
        OverrideBy.UnionWith(rule.Requirement.OverrideBy);
        MessageEn = rule.Requirement.Message.GetValueOrDefault("en", "");
        MessageZh = rule.Requirement.Message.GetValueOrDefault("zh-CN", "");
    }

    /// <summary>The rule as it is typed at the moment, good or not.</summary>
    public PlacedRule Rule(IReadOnlyList<RuleField> fields)
    {
        IReadOnlyList<Condition> parts = [.. Parts.Select(part => part.Condition(fields))];
        // One language suffices: the other shows it until it is translated.
        var message = new[] { ("en", MessageEn.Trim()), ("zh-CN", MessageZh.Trim()) }.Where(one => one.Item2.Length > 0).ToDictionary(one => one.Item1, one => one.Item2);
        return new PlacedRule(Place, new Requirement(Key, All ? parts : null, All ? null : parts, Mode, message, [.. OverrideBy.Order()]));
    }
}

/// <summary>One line of a rule: a condition, or a group of them.</summary>
public sealed class PartForm
{
    public bool IsGroup { get; private init; }
    public bool All { get; set; }
    public List<LeafForm> Leaves { get; private init; } = [];

    public static PartForm Of(LeafForm leaf) => new() { Leaves = [leaf] };

    public static PartForm Group(bool all) => new() { IsGroup = true, All = all, Leaves = [LeafForm.New(FieldKey.Amount)] };

    public static PartForm Of(Condition condition) => condition switch
    {
        { All: { } all } => new() { IsGroup = true, All = true, Leaves = [.. all.Select(LeafForm.Of)] },
        { Any: { } any } => new() { IsGroup = true, Leaves = [.. any.Select(LeafForm.Of)] },
        _ => Of(LeafForm.Of(condition)),
    };

    public Condition Condition(IReadOnlyList<RuleField> fields)
    {
        IReadOnlyList<Condition> leaves = [.. Leaves.Select(leaf => leaf.Condition(fields))];
        return !IsGroup ? leaves[0] : All ? new Condition(All: leaves) : new Condition(Any: leaves);
    }
}
