using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using PipelineCrm.Domain;

namespace PipelineCrm.Localization;

/// <summary>Sentences about a single field that every form may need, in the language of the current UI culture.</summary>
internal static class FieldMessages
{
    public static readonly ResourceManager Resources = new(typeof(FieldMessages));

    /// <summary>What is longer than this is not told back in a sentence.</summary>
    private const int LongestNamed = 20;

    public static string Required => Get();

    public static string ControlCharacter => Get();

    public static string DateRange => Get();

    public static string AmountRange => Get();

    public static string AmountDecimals => Get();

    public static string UnknownChoice => Get();

    public static string NumberRange => Get();

    public static string BadValue => Get();

    public static string NothingToTakeBack => Get();

    public static string UnknownField => Get();

    public static string RetiredField => Get();

    public static string Cursor => Get();

    public static string PageLimit => Get();

    public static string UnknownSort => Get();

    public static string UnknownColumn => Get();

    public static string TooManySorts(int most) => string.Format(CultureInfo.CurrentCulture, Get(), most);

    public static string TooManyColumns(int most) => string.Format(CultureInfo.CurrentCulture, Get(), most);

    public static string TooManyRecords(int most) => string.Format(CultureInfo.CurrentCulture, Get(), most);

    public static string TooLong(int length) => string.Format(CultureInfo.CurrentCulture, Get(), length);

    /// <param name="text">As somebody wrote it.</param>
    public static string CurrencyUnknown(string text) => text.Length > LongestNamed || !text.All(IsShown) ? Filled("CurrencyForm")
        : Currencies.Meant(text) is { } meant ? Filled("CurrencyMeant", text.Trim(), meant)
        : Filled("CurrencyUnknown", text.Trim());

    public static string DecimalsOf(string currency) =>
        Currencies.Decimals(currency) is var decimals && decimals == 0 ? Filled("WholeAmount", currency)
            : Filled("DecimalsOfCurrency", currency, decimals);

    private static string Filled(string key, params object[] values) => string.Format(CultureInfo.CurrentCulture, Get(key), values);

    private static bool IsShown(char letter) => !char.IsControl(letter) && !char.IsSurrogate(letter);

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
