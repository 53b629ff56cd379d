using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Primitives;

namespace PipelineCrm.Web.Hosting;

/// <summary>The number used once that this answer's own scripts and styles carry; the page puts it on what it writes inline.</summary>
internal sealed class CspNonce
{
    private const int Bytes = 18;

    public string Value { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
}

/// <summary>Tells browsers to run nothing but what this server wrote, and to show it in nobody else's frame.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task Invoke(HttpContext http, CspNonce nonce)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = Policy(nonce.Value);
        http.Response.OnStarting(
            state =>
            {
                var answer = (HttpResponse)state;
                // Whatever is not meant to be kept (files with a fingerprint are) may be somebody's own.
                if (StringValues.IsNullOrEmpty(answer.Headers.CacheControl) || IsSomebodys(answer.HttpContext))
                {
                    answer.Headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            },
            http.Response);
        return next(http);
    }

    /// <summary>Pages, files and answers of who is signed in.</summary>
    private static bool IsSomebodys(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null;

    /// <summary>Style attributes are let through: widths of bars and places of cards are numbers, not rules.</summary>
    private static string Policy(string nonce) =>
        $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
