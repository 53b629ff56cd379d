using PipelineCrm;
using PipelineCrm.Web.Api;
using PipelineCrm.Web.Components;
using PipelineCrm.Web.Components.Funnel;
using PipelineCrm.Web.Hosting;

// Commands stand in Hosting/Commands, one file each; all of them run in the application that is built here.
return await CommandLine.Run(args, Build);

internal static partial class Program
{
    internal static WebApplication Build(WebApplicationBuilder builder, ActiveDatabase database)
    {
        builder.AddLogging();
        builder.AddDatabase(database);
        builder.Services.AddPipelineCrm(_ => database.Connections.Crm);
        builder.AddSecurity();
        builder.Services.AddCrmApi();
        builder.Services.AddShell();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();

        var app = builder.Build();
        app.UseShell();
        app.UseCrmApiProblems();
        app.UseSecurity();
        app.UseLanguages();
        app.MapStaticAssets();
        app.MapHealth();
        app.MapPreferences();
        app.MapFunnelFiles();
        app.MapCrmApi();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
        return app;
    }
}
