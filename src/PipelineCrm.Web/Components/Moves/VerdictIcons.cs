using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>The same four signs wherever a verdict is shown.</summary>
internal static class VerdictIcons
{
    public static string Of(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Allowed => "done",
        VerdictKind.Warned => "info",
        VerdictKind.NeedsFields => "needs",
        VerdictKind.NeedsApproval => "approval",
        VerdictKind.Refused => "lock",
    };
}
