namespace PipelineCrm.Web.Hosting;

/// <summary>
/// Compresses pages, which say much many times over, where this site itself or the reader's own hand led to them. Not where another site
/// did: who chooses what a page repeats and sees how long it gets could guess at what else is in it (BREACH).
/// </summary>
internal static class PageCompression
{
    public static void AddPageCompression(this IServiceCollection services) => services.AddResponseCompression(options =>
    {
        options.EnableForHttps = true;
        options.MimeTypes = ["text/html"];
    });

    public static void UsePageCompression(this IApplicationBuilder app) =>
        app.UseWhen(IsWithinSite, within => within.UseResponseCompression());

    private static bool IsWithinSite(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none";
}
