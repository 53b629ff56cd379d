using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.TestSupport;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>As after a night: what a page knew on the server is gone as soon as its connection is.</summary>
public sealed class AppWithoutRetention(TestCluster cluster, Chromium chromium) : AppBehindProxy(cluster, chromium)
{
    protected override void Configure(WebApplicationBuilder builder) =>
        builder.Services.Configure<CircuitOptions>(options => options.DisconnectedCircuitMaxRetained = 0);
}
