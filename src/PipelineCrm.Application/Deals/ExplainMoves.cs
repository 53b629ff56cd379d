using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>The verdict on every possible move of a deal, by the rule set in force, for the caller (CONTRACT.md, GET deals/{id}/moves). Records nothing.</summary>
public static class ExplainMoves
{
    public sealed record Query(DealId Id) : IRequest<Answer>
    {
        public static Access Access => Access.SignedIn;
    }

    /// <param name="Moves">One verdict per possible target, shadow conditions left out.</param>
    public sealed record Answer(long Version, int RuleSet, IReadOnlyList<Verdict> Moves);
}
