using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Localization;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.People;

namespace PipelineCrm.Web.Hosting;

/// <summary>What a browser remembers of its user's taste: language and theme.</summary>
internal static class Preferences
{
    public const string LanguagePath = "/language";
    public const string LanguageCookie = "language";
    public const string ThemeCookie = "theme";

    private const string FollowSystem = "auto";
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    /// <summary>Known before the first paint: the cookie that the switch sets, else the user's choice, else as the system.</summary>
    public static string ThemeOf(HttpContext http) =>
        Known(http.Request.Cookies[ThemeCookie]) ?? Known(http.User.FindFirst(SessionClaim.Theme)?.Value) ?? FollowSystem;

    public static void MapPreferences(this IEndpointRouteBuilder app) =>
        app.MapPost(LanguagePath, (Delegate)ChooseLanguage).AllowAnonymous().DisableAntiforgery();

    /// <summary>Harmless enough to need no token; still, no other site may choose.</summary>
    private static async Task<IResult> ChooseLanguage(HttpContext http, Door door)
    {
        if (http.Request.Headers["Sec-Fetch-Site"] == "cross-site" || !http.Request.HasFormContentType)
        {
            return Results.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var language = Languages.All.Contains(form["language"].ToString()) ? form["language"].ToString() : Languages.English;
        Remember(http, language);
        if (UserId.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var user))
        {
            // Remembered for their other browsers; this one has its cookie, whatever the database says.
            await door.Send(new ChangeProfile.Command(Language: language), new Caller(user, Channel.Page), http.RequestAborted);
        }

        return Results.LocalRedirect(LocalAddress.Of(form["returnUrl"]));
    }

    /// <summary>This browser goes on in the language, whoever is signed in.</summary>
    public static void Remember(HttpContext http, string language) =>
        http.Response.Cookies.Append(
            LanguageCookie,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
            new CookieOptions { MaxAge = Remembered, SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });

    private static string? Known(string? theme) => theme is "light" or "dark" or FollowSystem ? theme : null;
}
