using Microsoft.AspNetCore.Localization;
using PipelineCrm.Access;

namespace PipelineCrm.Web.Hosting;

/// <summary>What a browser remembers of its user's taste: language and theme.</summary>
internal static class Preferences
{
    public const string LanguagePath = "/language";
    public const string LanguageCookie = "language";
    public const string ThemePath = "/theme";
    public const string ThemeCookie = "theme";

    private const string FollowSystem = "auto";
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    /// <summary>Known before the first paint: the cookie that the switch sets, else the user's choice, else as the system.</summary>
    public static string ThemeOf(HttpContext http) =>
        Known(http.Request.Cookies[ThemeCookie]) ?? Known(http.User.FindFirst(SessionClaim.Theme)?.Value) ?? FollowSystem;

    public static void MapPreferences(this IEndpointRouteBuilder app)
    {
        app.MapPost(LanguagePath, (Delegate)ChooseLanguage).AllowAnonymous().DisableAntiforgery();
        app.MapPost(ThemePath, (Delegate)ChooseTheme).AllowAnonymous().DisableAntiforgery();
    }

    /// <summary>Harmless enough to need no token; still, no other site may choose.</summary>
    private static bool Refused(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"] == "cross-site"
        || !http.Request.HasFormContentType;

    private static async Task<IResult> ChooseLanguage(HttpContext http, UseCaseSender sender)
    {
        if (Refused(http))
        {
            return Results.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var language = Languages.All.Contains(form["language"].ToString()) ? form["language"].ToString() : Languages.English;
        Remember(http, language);
        await Keep(http, sender, new ChangeProfile.Command(Language: language));
        return Results.LocalRedirect(LocalAddress.Of(form["returnUrl"]));
    }

    /// <summary>The switch has painted the page and set this browser's cookie; here it is stored for the user.</summary>
    private static async Task<IResult> ChooseTheme(HttpContext http, UseCaseSender sender)
    {
        if (Refused(http) || Known((await http.Request.ReadFormAsync(http.RequestAborted))["theme"]) is not { } theme)
        {
            return Results.BadRequest();
        }

        await Keep(http, sender, new ChangeProfile.Command(Theme: theme));
        return Results.NoContent();
    }

    /// <summary>Remembered for their other browsers; this one has its cookie, whatever the database says.</summary>
    private static async Task Keep(HttpContext http, UseCaseSender sender, ChangeProfile.Command choice)
    {
        if (CallerFactory.Of(http) is { User: not null } caller)
        {
            await sender.Send(choice, caller, http.RequestAborted);
        }
    }

    /// <summary>Who signs in brings their own theme: what somebody chose in this browser before goes.</summary>
    public static void ForgetTheme(HttpContext http) => http.Response.Cookies.Delete(ThemeCookie);

    /// <summary>This browser goes on in the language, whoever is signed in.</summary>
    public static void Remember(HttpContext http, string language) =>
        http.Response.Cookies.Append(
            LanguageCookie,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
            new CookieOptions { MaxAge = Remembered, SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });

    private static string? Known(string? theme) => theme is "light" or "dark" or FollowSystem ? theme : null;
}
