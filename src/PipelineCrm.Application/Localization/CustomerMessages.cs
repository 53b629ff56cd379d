using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>Sentences about customers, in the language of the current UI culture.</summary>
internal static class CustomerMessages
{
    private static readonly ResourceManager Resources = new(typeof(CustomerMessages));

    public static string Archived => Get();

    private static string OneOpenDeal => Get();

    private static string ManyOpenDeals => Get();

    private static string OpenElsewhere => Get();

    /// <param name="open">Those that the reader may see.</param>
    public static string OpenDeals(int open) => open switch
    {
        0 => OpenElsewhere,
        1 => OneOpenDeal,
        _ => string.Format(CultureInfo.CurrentCulture, ManyOpenDeals, open),
    };

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
