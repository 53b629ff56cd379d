using PipelineCrm.Web.Components.Shared;

namespace PipelineCrm.Web.Hosting;

/// <summary>What pages need besides the application.</summary>
internal static class Shell
{
    private const string ErrorPage = "/error";
    private const string NotFoundPage = "/not-found";

    public static void AddShell(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddScoped<Session>();
        services.AddScoped<Formats>();
        services.AddScoped<Toasts>();
    }

    /// <summary>A failed or unknown page is a page too, in the user's language; the API answers problems of its own.</summary>
    public static void UseShell(this WebApplication app)
    {
        app.UseWhen(IsPage, pages =>
        {
            if (!app.Environment.IsDevelopment())
            {
                pages.UseExceptionHandler(ErrorPage, createScopeForErrors: true);
            }

            pages.UseStatusCodePagesWithReExecute(NotFoundPage, createScopeForStatusCodePages: true);
        });
    }

    private static bool IsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && !http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/_blazor") && !http.Request.Path.StartsWithSegments("/openapi")
        && http.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == "text/html");
}
