using PipelineCrm.Domain;
using PipelineCrm.Rules;

namespace PipelineCrm.Web.Components.Rules;

/// <summary>One line of a rule: a condition, or a group of them.</summary>
public sealed class ConditionPartForm
{
    public bool IsGroup { get; private init; }
    public bool All { get; set; }
    public List<ConditionForm> Leaves { get; private init; } = [];

    public static ConditionPartForm Of(ConditionForm leaf) => new() { Leaves = [leaf] };

    public static ConditionPartForm Group(bool all) => new() { IsGroup = true, All = all, Leaves = [ConditionForm.New(FieldKey.Amount)] };

    public static ConditionPartForm Of(Condition condition) => condition switch
    {
        { All: { } all } => new() { IsGroup = true, All = true, Leaves = [.. all.Select(ConditionForm.Of)] },
        { Any: { } any } => new() { IsGroup = true, Leaves = [.. any.Select(ConditionForm.Of)] },
        _ => Of(ConditionForm.Of(condition)),
    };

    public Condition Condition(IReadOnlyList<RuleField> fields)
    {
        IReadOnlyList<Condition> leaves = [.. Leaves.Select(leaf => leaf.Condition(fields))];
        return !IsGroup ? leaves[0] : All ? new Condition(All: leaves) : new Condition(Any: leaves);
    }
}
