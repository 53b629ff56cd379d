using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>Sentences about a single field that every form may need, in the language of the current UI culture.</summary>
internal static class FieldMessages
{
    public static readonly ResourceManager Resources = new(typeof(FieldMessages));

    public static string Required => Get();

    public static string ControlCharacter => Get();

    public static string DateRange => Get();

    public static string AmountRange => Get();

    public static string AmountDecimals => Get();

    public static string CurrencyForm => Get();

    public static string UnknownChoice => Get();

    public static string Cursor => Get();

    public static string PageLimit => Get();

    public static string TooLong(int length) => string.Format(CultureInfo.CurrentCulture, Get(), length);

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
