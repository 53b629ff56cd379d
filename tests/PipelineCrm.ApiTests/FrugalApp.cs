using Microsoft.AspNetCore.Builder;

namespace PipelineCrm.ApiTests;

/// <summary>The application with a small allowance per token.</summary>
public sealed class FrugalApp(TestCluster cluster) : TestApp(cluster)
{
    public const int Burst = 5;

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["RateLimit:PerSecond"] = "1";
        builder.Configuration["RateLimit:Burst"] = $"{Burst}";
    }
}
