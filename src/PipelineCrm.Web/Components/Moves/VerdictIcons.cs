using Microsoft.AspNetCore.Components;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Kit;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>The same four signs wherever a verdict is shown.</summary>
internal static class VerdictIcons
{
    /// <summary>All signs, as ready markup; the column's data-verdict shows one.</summary>
    public static readonly MarkupString All = new(string.Concat(
        Enum.GetValues<VerdictKind>().Select(verdict => Sign(verdict.ToWire(), Of(verdict))).Append(Sign("source", "back"))));

    public static string Of(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Allowed => "done",
        VerdictKind.Warned => "info",
        VerdictKind.NeedsFields => "needs",
        VerdictKind.NeedsApproval => "approval",
        VerdictKind.Refused => "lock",
    };

    private static string Sign(string marks, string icon) => $"""<span class="sign" data-for="{marks}">{Icon.Of(icon)}</span>""";
}
