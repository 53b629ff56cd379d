using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;
using PipelineCrm.Web.Components;
using PipelineCrm.Web.Components.Board;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Components.Layout;
using PipelineCrm.Web.Components.Lists;
using PipelineCrm.Web.Components.Moves;
using PipelineCrm.Web.Components.Notifications;
using PipelineCrm.Web.Components.Timeline;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Hosting;

/// <summary>What pages need besides the application.</summary>
internal static class PageServices
{
    private const string ErrorPage = "/error";
    private const string NotFoundPage = "/not-found";

    public static void AddShell(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddMudServices();
        services.AddTransient<MudLocalizer, MudTexts>();
        services.AddSingleton<PrerenderCache>();
        services.AddScoped<Session>();
        services.AddSingleton<DemoLoadJob>();
        services.AddScoped<Formats>();
        services.AddScoped<OwnerMarks>();
        services.AddScoped<Drafts>();
        services.AddScoped<Toasts>();
        services.AddScoped<OverviewTrail>();
        services.AddScoped<UndoStack>();
        services.AddScoped<BulkJobs>();
        services.AddScoped<UnconfirmedMoves>();
        services.AddScoped<FactFormatter>();
        services.AddScoped<MoveFormatter>();
        services.AddScoped<HistoryFormatter>();
    }

    /// <summary>A failed or unknown page is a page too, in the user's language; the API and scripts get bare statuses or
    /// problems.</summary>
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
        && !http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/_blazor")
        && !http.Request.Path.StartsWithSegments("/openapi")
        && http.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == "text/html");
}
