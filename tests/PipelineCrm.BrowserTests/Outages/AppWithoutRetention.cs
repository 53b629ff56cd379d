using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.BrowserTests.Fixtures;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>As after a night: what a page knew on the server is gone as soon as its connection is; what it left behind is there.</summary>
public class AppWithoutRetention(TestCluster cluster, Chromium chromium) : AppBehindProxy(cluster, chromium)
{
    protected override void Configure(WebApplicationBuilder builder) =>
        builder.Services.PostConfigure<CircuitOptions>(options => options.DisconnectedCircuitMaxRetained = 0);
}
