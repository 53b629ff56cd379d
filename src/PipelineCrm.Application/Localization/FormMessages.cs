using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>Sentences about fields of customers, products, quotes and payments, in the language of the current UI culture.</summary>
internal static class FormMessages
{
    public static readonly ResourceManager Resources = new(typeof(FormMessages));

    public static string Email => Get();

    public static string Phone => Get();

    public static string CurrencyMissing => Get();

    public static string MoreThanZero => Get();

    public static string TooLarge => Get();

    public static string Percent => Get();

    public static string ProductName => Get();

    public static string ProductUnknown => Get();

    public static string NoLines => Get();

    public static string TooManyLines => Get();

    public static string PriceMissing => Get();

    public static string TotalTooLarge => Get();

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
