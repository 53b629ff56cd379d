using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>Finds in an explanation what a page offers.</summary>
internal static class MoveVerdicts
{
    /// <summary>The verdict on moving the deal itself to a place, where that is a move of the machine at all.</summary>
    public static Verdict? To(this IEnumerable<Verdict> moves, Place place) =>
        moves.FirstOrDefault(move => move.To == place && move.Kind is not (MoveKind.Repurchase or MoveKind.Refer or MoveKind.Create)
            && move.Reason != VerdictReason.Impossible);

    /// <summary>The verdict on a kind of move that is switched on.</summary>
    public static Verdict? Of(this IEnumerable<Verdict> moves, MoveKind kind) =>
        moves.FirstOrDefault(move => move.Kind == kind && move.Reason is not (VerdictReason.Impossible or VerdictReason.SwitchedOff));

    /// <summary>What is not met, advice included.</summary>
    public static IReadOnlyList<ConditionResult> Missing(this Verdict move) =>
        [.. move.Conditions.Where(condition => !condition.IsMet() && condition.Mode != RequirementMode.Shadow)];

    /// <summary>True, or not needed: another condition of the same group is.</summary>
    public static bool IsMet(this ConditionResult condition) => condition.Result == Truth.True || condition.RuleResult == Truth.True;
}
