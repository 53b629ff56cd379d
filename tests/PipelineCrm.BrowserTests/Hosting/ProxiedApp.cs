using Microsoft.AspNetCore.Builder;
using PipelineCrm.BrowserTests.Fixtures;

namespace PipelineCrm.BrowserTests.Hosting;

/// <summary>The application behind a proxy that ends https, with a list of its names and few live pages.</summary>
public sealed class ProxiedApp(TestCluster cluster, Chromium chromium) : BrowserApp(cluster, chromium)
{
    public const string Host = "crm.example";

    private readonly string _log = Path.Combine(Path.GetTempPath(), $"pipelinecrm-log-{Guid.NewGuid():N}");

    /// <summary>What was logged so far.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            using var file = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return file.ReadToEnd().Split('\n');
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        File.Delete(_log);
        GC.SuppressFinalize(this);
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Proxy:Addresses"] = "127.0.0.1";
        builder.Configuration["AllowedHosts"] = "crm.example;127.0.0.1";
        builder.Configuration["Limits:Circuits"] = "2";
        builder.Configuration["Serilog:MinimumLevel:Override:" + typeof(SecurityLog).FullName] = "Information";
        builder.Configuration["Serilog:WriteTo:0:Name"] = "File";
        builder.Configuration["Serilog:WriteTo:0:Args:path"] = _log;
        builder.Configuration["Serilog:WriteTo:0:Args:outputTemplate"] = "{Message:lj}{NewLine}";
    }
}
