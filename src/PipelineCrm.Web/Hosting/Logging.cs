using System.Globalization;
using Serilog;
using Serilog.Events;

namespace PipelineCrm.Web.Hosting;

internal static class Logging
{
    /// <summary>
    /// To standard error, because standard output holds what commands answer; levels and further sinks, such as a file,
    /// come from the configuration section Serilog.
    /// </summary>
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        var logger = new LoggerConfiguration()
            .ReadFrom.Configuration(builder.Configuration)
            // What keeps the host from starting is reported in one sentence by the command.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            .Enrich.FromLogContext()
            .WriteTo.Console(standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
    }
}
