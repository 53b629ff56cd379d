namespace PipelineCrm.Web.Hosting;

/// <summary>
/// Opens circuits for pages of this server only. A browser sends the cookie along with another site's socket too, and no rule of its own
/// keeps that site from reading the answers; but it says where the socket comes from.
/// </summary>
internal static class CircuitOrigin
{
    public const string Path = "/_blazor";

    public static void UseCircuitOrigin(this WebApplication app)
    {
        var published = Uri.TryCreate(app.Configuration["PublicUrl"], UriKind.Absolute, out var url) ? url : null;
        app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments(Path) || IsOwn(http.Request, published))
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
    }

    private static bool IsOwn(HttpRequest request, Uri? published)
    {
        var said = request.Headers.Origin.ToString();
        if (said.Length == 0)
        {
            // Browsers name the origin of every socket and of every request that posts; scripts of the page itself are fetched without.
            return !IsSocket(request) && request.Headers["Sec-Fetch-Site"].ToString() is ("" or "same-origin" or "none");
        }

        return Uri.TryCreate(said, UriKind.Absolute, out var origin)
            && (IsAt(origin, request) || (published is not null && IsAt(origin, published)));
    }

    /// <summary>Of HTTP/1.1, or of HTTP/2.</summary>
    private static bool IsSocket(HttpRequest request) =>
        HttpMethods.IsConnect(request.Method) || string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>Behind a proxy that ends https and says so to nobody, pages are https and requests are not.</summary>
    private static bool IsAt(Uri origin, HttpRequest request) =>
        (origin.Scheme == request.Scheme || origin.Scheme == Uri.UriSchemeHttps)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static bool IsAt(Uri origin, Uri published) => origin.Scheme == published.Scheme && origin.Authority == published.Authority;
}
