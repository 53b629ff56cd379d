using PipelineCrm.Web.Api;

namespace PipelineCrm.Web.Hosting;

/// <summary>A form that cannot be read is the sender's mistake, whatever page it is sent to: 400, before anything looks at it. The API
/// takes none.</summary>
internal static class FormReadGuard
{
    public static void UseFormReadGuard(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Request.HasFormContentType && http.GetEndpoint() is not null && !http.Request.Path.StartsWithSegments(ApiSetup.Root)
            && !await CanBeRead(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await next(http);
    });

    /// <summary>Read once: whoever asks for the form later gets the same.</summary>
    private static async Task<bool> CanBeRead(HttpContext http)
    {
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return true;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return false;
        }
    }
}
