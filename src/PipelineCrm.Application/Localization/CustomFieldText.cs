using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>Sentences about fields that admins add and about saved views, in the language of the current UI culture.</summary>
internal static class CustomFieldText
{
    private static readonly ResourceManager Resources = new(typeof(CustomFieldText));

    public static string KeyForm => Get();

    public static string KeyTaken => Get();

    public static string CodeForm => Get();

    public static string CodeTwice => Get();

    public static string ChoicesNeeded => Get();

    public static string NoChoices => Get();

    public static string Fixed => Get();

    public static string ViewList => Get();

    public static string ViewQuery => Get();

    public static string ViewParameter => Get();

    public static string NotYourView => Get();

    public static string ViewersDoNotShare => Get();

    public static string Position(int most) => string.Format(CultureInfo.CurrentCulture, Get(), most);

    public static string TooManyChoices(int most) => string.Format(CultureInfo.CurrentCulture, Get(), most);

    public static string TooManyFields(int most) => string.Format(CultureInfo.CurrentCulture, Get(), most);

    public static string TooManyViews(int most) => string.Format(CultureInfo.CurrentCulture, Get(), most);

    /// <param name="rule">The key of the rule in force.</param>
    public static string AskedFor(string rule) => string.Format(CultureInfo.CurrentCulture, Get(), rule);

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
