
namespace PipelineCrm.Domain;

/// <summary>One requirement held against the facts of one wanted move.</summary>
internal sealed class RequirementEvaluation
{
    private readonly DealFacts _facts;
    private readonly MoveKind _kind;
    private readonly Condition _root;

    public RequirementEvaluation(Requirement requirement, DealFacts facts, MoveKind kind)
    {
        (Requirement, _facts, _kind) = (requirement, facts, kind);
        _root = new Condition(All: requirement.All, Any: requirement.Any);
        IsMet = ConditionTree.Evaluate(_root, leaf => ConditionEvaluator.Evaluate(leaf, _facts));
        CanBeMet = IsReachable(_root);
    }

    public Requirement Requirement { get; }

    public Truth IsMet { get; }

    /// <summary>Whether some values of the fields that the request itself can bring would make it true.</summary>
    public bool CanBeMet { get; }

    public bool Blocks => Requirement.Mode == RequirementMode.Block;

    /// <summary>The fields that would help, in the order of the rule: those of parts that do not hold and that they can make
    /// hold.</summary>
    public IEnumerable<string> Fields() => Helping(_root);

    public IEnumerable<ConditionResult> Conditions() =>
        Leaves(_root, null).Select(one => Result(one.Leaf) with { OneOf = one.OneOf });

    private ConditionResult Result(Condition leaf) =>
        new(
            Requirement.Key,
            leaf.Field ?? "",
            leaf.Op ?? "",
            ConditionEvaluator.Wanted(leaf, _facts),
            _facts[leaf.Field ?? ""].ToJson(),
            ConditionEvaluator.Evaluate(leaf, _facts),
            Requirement.Mode,
            Requirement.Message,
            Requirement.OverrideBy)
        { RuleResult = IsMet };

    private IEnumerable<string> Helping(Condition condition)
    {
        if (ConditionTree.Evaluate(condition, leaf => ConditionEvaluator.Evaluate(leaf, _facts)) == Truth.True || !IsReachable(condition))
        {
            return [];
        }

        return ConditionTree.IsLeaf(condition) ? [condition.Field!] : Parts(condition).SelectMany(Helping);
    }

    private bool IsReachable(Condition condition) =>
        ConditionTree.Evaluate(condition,
            leaf => _facts.Catalog.CanBring(_kind, leaf.Field) ? Truth.True : ConditionEvaluator.Evaluate(leaf, _facts)) == Truth.True;

    /// <summary>With the number of the any-group that a leaf is a choice of: 0 the requirement's own, else the group's place from
    /// 1.</summary>
    private static IEnumerable<(Condition Leaf, int? OneOf)> Leaves(Condition condition, int? oneOf, int group = 0) =>
        ConditionTree.IsLeaf(condition)
            ? [(condition, oneOf)]
            : (condition.All ?? []).SelectMany((part, i) => Leaves(part, null, i + 1))
                .Concat((condition.Any ?? []).SelectMany(part => Leaves(part, condition.Any is { Count: > 1 } ? group : null)));

    private static IEnumerable<Condition> Parts(Condition group) => (group.All ?? []).Concat(group.Any ?? []);
}
