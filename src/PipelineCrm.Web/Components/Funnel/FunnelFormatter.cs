using System.Globalization;
using Microsoft.Extensions.Localization;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>How the funnel's figures are written.</summary>
public sealed class FunnelFormatter(IStringLocalizer texts, Codes? codes)
{
    /// <summary>Below this a percentage says little: it is greyed, hatched and labelled as small.</summary>
    public const int Small = 20;

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>Always with one decimal, so that a column of them reads as one.</summary>
    public static string Percent(double? percent) => percent is { } known ? Formats.Percent((decimal)known, 1, exact: true) : "–";

    public string Days(double? days, double? over = null) => (days, over) switch
    {
        ({ } known, _) => texts["DaysShort", Short(known)],
        (null, { } longest) => texts["DaysOver", Short(longest)],
        _ => "–",
    };

    public string Reason(string code) =>
        codes?.LossReasons.FirstOrDefault(reason => reason.Code == code) is { } named ? Formats.Localized(named.Name)
        : code == "unknown" ? texts["NoReason"]
        : code;

    private static string Short(double days) => Math.Round(days, 1).ToString("#,##0.#", CultureInfo.CurrentCulture);
}
