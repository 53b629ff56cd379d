using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Texts;

/// <summary>Sentences about a single field that every form may need, in the language of the current UI culture.</summary>
internal static class FieldText
{
    public static readonly ResourceManager Resources = new(typeof(FieldText));

    public static string Required => Get();

    public static string ControlCharacter => Get();

    public static string DateRange => Get();

    public static string AmountRange => Get();

    public static string AmountDecimals => Get();

    public static string CurrencyForm => Get();

    public static string UnknownChoice => Get();

    public static string NumberRange => Get();

    public static string BadValue => Get();

    public static string UnknownField => Get();

    public static string RetiredField => Get();

    public static string Cursor => Get();

    public static string PageLimit => Get();

    public static string UnknownSort => Get();

    public static string TooManySorts(int most) => string.Format(CultureInfo.CurrentCulture, Get(), most);

    public static string TooLong(int length) => string.Format(CultureInfo.CurrentCulture, Get(), length);

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
