using System.Globalization;
using System.Security.Claims;
using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Hosting;

/// <summary>Who a request or a circuit is of, as the door wants it. Nothing else makes callers, so none goes without its session.</summary>
internal static class CallerFactory
{
    /// <summary>Whoever the principal stands for; somebody not signed in where it stands for nobody.</summary>
    public static Caller Of(ClaimsPrincipal principal, Channel channel = Channel.Page) =>
        UserId.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var user)
            ? At(new Caller(user, channel) { Session = SessionOf(principal) }, principal)
            : At(Caller.Anonymous, principal);

    public static Caller Of(HttpContext http, Channel channel = Channel.Page) =>
        Of(http.User, channel) with { From = AddressOf(http), Site = SiteOf(http) };

    public static SessionId? SessionOf(ClaimsPrincipal principal) =>
        SessionId.TryParse(principal.FindFirstValue(SessionClaim.Session), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>What browsers call the site, after the proxies that are trusted.</summary>
    public static string SiteOf(HttpContext http) => $"{http.Request.Scheme}{Uri.SchemeDelimiter}{http.Request.Host}";

    /// <summary>Where the request came from, after the proxies that are trusted.</summary>
    public static string? AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address?.ToString(),
    };

    private static Caller At(Caller caller, ClaimsPrincipal principal) => caller with
    {
        From = principal.FindFirstValue(SessionClaim.From),
        Site = principal.FindFirstValue(SessionClaim.Site),
    };
}
