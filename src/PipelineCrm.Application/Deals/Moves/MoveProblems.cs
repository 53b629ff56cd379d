using System.Globalization;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Deals;

/// <summary>How a verdict that does not move the deal is answered.</summary>
internal static class MoveProblems
{
    public static Problem Of(Verdict verdict) => verdict.Reason == VerdictReason.Role
        ? new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden)
        : new Problem(ProblemCode.MoveRefused, Sentence(verdict)) { Detail = verdict.ForMover() };

    /// <summary>What the first rule in the way says; it says what to do.</summary>
    private static string Sentence(Verdict verdict)
    {
        var failing = verdict.Stopping is [{ } first, ..] ? first : null;
        return failing?.Message.GetValueOrDefault(CultureInfo.CurrentUICulture.Name) ?? failing?.Message.GetValueOrDefault("en")
            ?? (verdict.Result == VerdictKind.NeedsFields ? DealMessages.NeedsFields
                : verdict.Reason == VerdictReason.Impossible ? DealMessages.NotFromHere
                : ProblemMessages.MoveRefused);
    }
}
