using PipelineCrm;
using PipelineCrm.Web.Api;
using PipelineCrm.Web.Components;
using PipelineCrm.Web.Components.Funnel;
using PipelineCrm.Web.Components.Lists;
using PipelineCrm.Web.Hosting;

// Commands stand in Hosting/Commands, one file each; all of them run in the application that is built here.
return await CommandLine.Run(args, Build);

internal static partial class Program
{
    private const int LargestMessage = 512 * 1024;

    internal static WebApplication Build(WebApplicationBuilder builder, ActiveDatabase database)
    {
        builder.AddLogging();
        builder.AddTelemetry();
        builder.AddDatabase(database);
        builder.Services.AddPipelineCrm(_ => database.Connections.Crm);
        builder.AddSecurity();
        builder.Services.AddCrmApi();
        builder.Services.AddHealth();
        builder.Services.AddPageCompression();
        builder.Services.AddShell();
        // A text that is far too long is to be refused at its field, not to end the page's connection.
        builder.Services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessage);

        var app = builder.Build();
        app.UseRequestLog();
        app.UseTransport();
        app.UsePageCompression();
        app.UseShell();
        app.UseCrmApiProblems();
        app.UseSecurity();
        app.UseLanguages();
        app.MapStaticAssets();
        app.MapHealth();
        app.MapPreferences();
        app.MapPasskeys();
        app.MapFunnelFiles();
        app.MapListFiles();
        app.MapCrmApi();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization();
        return app;
    }
}
