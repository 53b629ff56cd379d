using Microsoft.Extensions.Diagnostics.HealthChecks;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Hosting;

/// <summary>Whether the process lives, and whether it can work.</summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [Ready]);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new()
        {
            Predicate = _ => false,
            ResponseWriter = (http, _) => http.Response.WriteAsJsonAsync(new { status = "live" })
        }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = Tell })
            .AllowAnonymous();
    }

    /// <summary>The facts of the checks, beside one word over all of them.</summary>
    private static Task Tell(HttpContext http, HealthReport report)
    {
        var facts = new Dictionary<string, object> { ["status"] = report.Status == HealthStatus.Unhealthy ? "unready" : "ready" };
        foreach (var (name, fact) in report.Entries.Values.SelectMany(entry => entry.Data))
        {
            facts[name] = fact;
        }

        return http.Response.WriteAsJsonAsync(facts, WireNames.Json);
    }
}
