using Microsoft.AspNetCore.Builder;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.TestSupport;

namespace PipelineCrm.BrowserTests.Api;

/// <summary>The application with a small allowance per token.</summary>
public sealed class RateLimitedApp(TestCluster cluster, Chromium chromium) : BrowserApp(cluster, chromium)
{
    public const int Burst = 5;

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["RateLimit:PerSecond"] = "1";
        builder.Configuration["RateLimit:Burst"] = $"{Burst}";
    }
}
