using System.Globalization;

namespace PipelineCrm.Web.Api;

/// <summary>The language of an API request: what it accepts, else the user's, else English.</summary>
internal static class ApiCulture
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    public static void Use(HttpContext http)
    {
        var culture = Of(http);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        http.Response.Headers.ContentLanguage = culture.Name;
    }

    private static CultureInfo Of(HttpContext http) =>
        http.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Known(language.Value.ToString()))
            .FirstOrDefault(culture => culture is not null)
        ?? Known(http.User.FindFirst("lang")?.Value)
        ?? English;

    private static CultureInfo? Known(string? tag) => tag switch
    {
        null => null,
        _ when tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => Chinese,
        _ when tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) => English,
        _ => null,
    };
}
