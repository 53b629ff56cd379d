using Microsoft.AspNetCore.Builder;
using PipelineCrm.BrowserTests.Fixtures;

namespace PipelineCrm.BrowserTests.Hosting;

/// <summary>The application with its log in a file, at the levels of production.</summary>
public sealed class LoggingApp(TestCluster cluster, Chromium chromium) : BrowserApp(cluster, chromium)
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"pipelinecrm-log-{Guid.NewGuid():N}.txt");

    public string[] Lines()
    {
        using var reader = new StreamReader(new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        File.Delete(_file);
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Information";
        builder.Configuration["Serilog:WriteTo:0:Name"] = "File";
        builder.Configuration["Serilog:WriteTo:0:Args:path"] = _file;
        builder.Configuration["Serilog:WriteTo:0:Args:outputTemplate"] = "{TraceId} {Message:lj}{NewLine}{Exception}";
    }
}
