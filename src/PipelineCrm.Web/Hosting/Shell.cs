using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;
using PipelineCrm.Web.Components.Deals;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Histories;
using PipelineCrm.Web.Components.Shared;
using PipelineCrm.Web.Texts;

namespace PipelineCrm.Web.Hosting;

/// <summary>What pages need besides the application.</summary>
internal static class Shell
{
    private const string ErrorPage = "/error";
    private const string NotFoundPage = "/not-found";

    public static void AddShell(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddMudServices();
        services.AddTransient<MudLocalizer, MudTexts>();
        services.AddSingleton<PrerenderedAnswers>();
        services.AddScoped<Session>();
        services.AddSingleton<DemoLoading>();
        services.AddScoped<Formats>();
        services.AddScoped<Drafts>();
        services.AddScoped<Toasts>();
        services.AddScoped<Undos>();
        services.AddScoped<UnconfirmedMoves>();
        services.AddScoped<FactText>();
        services.AddScoped<MoveWords>();
        services.AddScoped<FactWords>();
    }

    /// <summary>A failed or unknown page is a page too, in the user's language; the API and scripts get bare statuses or problems.</summary>
    public static void UseShell(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler(ErrorPage, createScopeForErrors: true);
        }

        app.UseStatusCodePagesWithReExecute(NotFoundPage, createScopeForStatusCodePages: true);
        app.Use((http, next) =>
        {
            if (!IsPage(http) && http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            return next(http);
        });
    }

    private static bool IsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && !http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/_blazor") && !http.Request.Path.StartsWithSegments("/openapi")
        && http.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == "text/html");
}
