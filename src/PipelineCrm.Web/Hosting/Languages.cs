using System.Globalization;
using Microsoft.AspNetCore.Localization;
using PipelineCrm.Access;

namespace PipelineCrm.Web.Hosting;

/// <summary>The languages that pages are written in. Who is asked first: the browser's cookie, the user's own choice, what the browser
/// accepts.</summary>
internal static class Languages
{
    public const string English = "en";
    public const string Chinese = "zh-CN";

    public static readonly IReadOnlyList<string> All = [English, Chinese];

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? Chinese : English;

    public static string Other => Current == English ? Chinese : English;

    /// <summary>After authentication, because the user's choice counts.</summary>
    public static void UseLanguages(this WebApplication app) => app.UseRequestLocalization(options =>
    {
        options.SetDefaultCulture(English).AddSupportedCultures([.. All]).AddSupportedUICultures([.. All]);
        options.RequestCultureProviders =
        [
            new CookieRequestCultureProvider { CookieName = Preferences.LanguageCookie },
            new CustomRequestCultureProvider(http => Task.FromResult(Known(http.User.FindFirst(SessionClaim.Language)?.Value))),
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    });

    private static ProviderCultureResult? Known(string? language) =>
        language is not null && All.Contains(language) ? new ProviderCultureResult(language) : null;
}
