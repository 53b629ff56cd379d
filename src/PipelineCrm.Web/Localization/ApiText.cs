using System.Globalization;
using System.Resources;

namespace PipelineCrm.Web.Localization;

/// <summary>Sentences of the HTTP API itself, in the language of the current UI culture.</summary>
internal static class ApiText
{
    private static readonly ResourceManager Resources = new("PipelineCrm.Web.Localization.ApiText", typeof(ApiText).Assembly);

    public static string Get(string key) =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);

    public static string NotA(string expected) => string.Format(CultureInfo.CurrentCulture, Get(nameof(NotA)), expected);

    /// <summary>The short title of a problem code, e.g. of <c>move-refused</c>.</summary>
    public static string TitleOf(string code) =>
        Get("Title" + string.Concat(code.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));

    public static Problem Problem(string code, string key) => new(code, Get(key));
}
