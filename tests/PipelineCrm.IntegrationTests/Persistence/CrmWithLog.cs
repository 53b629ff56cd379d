using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PipelineCrm.IntegrationTests.Persistence;

/// <summary>Hears what is written into the log, at warning and above.</summary>
public sealed class CrmWithLog(TestCluster cluster) : CrmFixture(cluster)
{
    public List<(LogLevel Level, bool Stack, string Text)> Log { get; } = [];

    protected override void Configure(IServiceCollection services) =>
        services.AddLogging(logging => logging.AddProvider(new Listener(Log)));

    private sealed class Listener(List<(LogLevel Level, bool Stack, string Text)> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Add((logLevel, exception is not null, formatter(state, exception)));
            }
        }

        public void Dispose()
        {
        }
    }
}
