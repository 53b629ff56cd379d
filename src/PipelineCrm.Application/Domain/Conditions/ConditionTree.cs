namespace PipelineCrm.Domain;

/// <summary>Groups of conditions, in memory.</summary>
internal static class ConditionTree
{
    public static bool IsLeaf(Condition condition) => condition.All is null && condition.Any is null && condition.Field is not null;

    public static Truth Evaluate(Condition condition,
        DealFacts facts) => Evaluate(condition, leaf => ConditionEvaluator.Evaluate(leaf, facts));

    public static Truth Evaluate(Condition condition, Func<Condition, Truth> ofLeaf) =>
        IsLeaf(condition)
            ? ofLeaf(condition)
            : ThreeValuedLogic.And(
                ThreeValuedLogic.All((condition.All ?? []).Select(part => Evaluate(part, ofLeaf))),
                condition.Any is { } any ? ThreeValuedLogic.Any(any.Select(part => Evaluate(part, ofLeaf))) : Truth.True);
}
