using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// Compresses pages, which say much many times over, where this site itself or the reader's own hand led to them. Not where another site
/// did: who chooses what a page repeats and sees how long it gets could guess at what else is in it (BREACH).
/// </summary>
internal static class PageCompression
{
    public static void AddPageCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html"];
        });
        // A board of 100 cards then fits into what a new connection carries before it is answered, which is a round trip less.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
    }

    public static void UsePageCompression(this IApplicationBuilder app) =>
        app.UseWhen(IsWithinSite, within => within.UseResponseCompression());

    private static bool IsWithinSite(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none";
}
