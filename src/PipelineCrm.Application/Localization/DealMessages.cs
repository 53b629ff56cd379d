using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>Sentences about deals and moves, in the language of the current UI culture.</summary>
internal static class DealMessages
{
    public static readonly ResourceManager Resources = new(typeof(DealMessages));

    public static string UnknownCustomer => Get();

    public static string ArchivedCustomer => Get();

    public static string ArchivedDeal => Get();

    public static string UnknownOwner => Get();

    public static string ForeignOwner => Get();

    public static string NeighboursGone => Get();

    public static string BesideItself => Get();

    public static string NotYours => Get();

    public static string OtherCustomer => Get();

    public static string FieldsChanged => Get();

    public static string HasFollowers => Get();

    public static string TooLate => Get();

    public static string NotLatestOf => Get();

    public static string NeedsFields => Get();

    public static string NotFromHere => Get();

    /// <summary>The same sentence in both languages, as the ledger keeps messages.</summary>
    public static IReadOnlyDictionary<string, string> InAllLanguages(string key) => new Dictionary<string, string>
    {
        ["en"] = Resources.GetString(key, CultureInfo.GetCultureInfo("en"))!,
        ["zh-CN"] = Resources.GetString(key, CultureInfo.GetCultureInfo("zh-CN"))!,
    };

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
