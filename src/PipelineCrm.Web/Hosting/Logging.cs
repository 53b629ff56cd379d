using System.Globalization;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Events;

namespace PipelineCrm.Web.Hosting;

/// <summary>One line per request and one per use case, joined by the trace id; never a query, a name or a token.</summary>
internal static class Logging
{
    private const string Line = "[{Timestamp:HH:mm:ss} {Level:u3}] {TraceId} {Message:lj}{NewLine}{Exception}";

    /// <summary>
    /// To standard error, because standard output holds what commands answer; levels and further sinks, such as a file,
    /// come from the configuration section Serilog.
    /// </summary>
    public static void AddLogging(this WebApplicationBuilder builder) =>
        builder.Services.AddSerilog(
            logger => logger
                .ReadFrom.Configuration(builder.Configuration)
                // What keeps the host from starting is reported in one sentence by the command.
                .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
                // In code, because at Information it writes whole addresses, the secrets of one-time links included.
                .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning)
                // What keeps it from being ready is told once, by the check itself.
                .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
                .Enrich.FromLogContext()
                .WriteTo.Console(standardErrorFromLevel: LogEventLevel.Verbose, outputTemplate: Line,
                    formatProvider: CultureInfo.InvariantCulture),
            // Two applications in one process, as in tests, have a log each.
            preserveStaticLogger: true);

    /// <summary>The path stands without its query: search words and the secrets of links are in queries only.</summary>
    public static void UseRequestLog(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        Configure(options);
        options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
    });

    private static void Configure(RequestLoggingOptions options)
    {
        options.MessageTemplate = "{RequestMethod} {RequestPath} answered {StatusCode} in {Elapsed:0.0} ms";
        options.IncludeQueryInRequestPath = false;
        options.GetLevel = (http, _, error) => Level(http, error);
    }

    private static LogEventLevel Level(HttpContext http, Exception? error) =>
        error is not null || http.Response.StatusCode >= StatusCodes.Status500InternalServerError ? LogEventLevel.Error
        : IsBackground(http) ? LogEventLevel.Debug
        : LogEventLevel.Information;

    /// <summary>Static files, health checks and the circuit's own line: nobody asked for them.</summary>
    private static bool IsBackground(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/_blazor") || http.Request.Path.StartsWithSegments("/health")
            || http.Request.Path.StartsWithSegments("/_framework")
        || http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null;
}
