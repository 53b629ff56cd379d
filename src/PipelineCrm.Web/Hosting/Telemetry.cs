using System.Diagnostics;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PipelineCrm.Web.Hosting;

/// <summary>Traces and metrics over OTLP; nothing is collected unless OpenTelemetry's own environment variables name where to send
/// it.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>All meters of ours, whoever has one.</summary>
    private const string Ours = "PipelineCrm*";

    /// <summary>Meters of the framework: requests and connections, circuits, the database driver.</summary>
    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "Npgsql",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<TraceIds>();
        if (!IsWanted(builder.Configuration))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("PipelineCrm"))
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddNpgsql().AddSource(UseCaseTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter([Ours, .. Meters]).AddRuntimeInstrumentation())
            .UseOtlpExporter();
    }

    private static bool IsWanted(ConfigurationManager configuration) =>
        new[] { Endpoint, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT" }.Any(name => !string.IsNullOrEmpty(configuration[name]));

    /// <summary>Gives the use cases of a page's circuit a trace id for the log, also where nobody collects traces.</summary>
    private sealed class TraceIds : IHostedService, IDisposable
    {
        private readonly ActivityListener _listener = new()
        {
            ShouldListenTo = source => source.Name == UseCaseTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.PropagationData,
        };

        public Task StartAsync(CancellationToken cancellationToken)
        {
            ActivitySource.AddActivityListener(_listener);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _listener.Dispose();
    }
}
