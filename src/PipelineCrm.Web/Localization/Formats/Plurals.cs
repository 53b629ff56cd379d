using System.Globalization;
using Microsoft.Extensions.Localization;

namespace PipelineCrm.Web.Localization;

/// <summary>
/// Sentences with a number of things in them. A text that counts has a twin, its key with <c>One</c> at the end, for exactly one;
/// a language that makes no difference says the same in both.
/// </summary>
internal static class Plurals
{
    public static string Counted(this IStringLocalizer texts, string key, decimal count,
        params object[] arguments) => texts[KeyOf(key, count), arguments];

    /// <summary>The text whose only placeholder is the number itself.</summary>
    public static string Counted(this IStringLocalizer texts, string key, long count) =>
        texts[KeyOf(key, count), count.ToString("N0", CultureInfo.CurrentCulture)];

    public static string KeyOf(string key, decimal count) => count == 1 ? key + "One" : key;
}
