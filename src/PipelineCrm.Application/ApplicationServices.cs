using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PipelineCrm.Analytics;
using PipelineCrm.Common;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Deals.Verification;
using PipelineCrm.Domain;
using PipelineCrm.Imports;
using PipelineCrm.Lists;
using PipelineCrm.Live;
using PipelineCrm.People;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Outbox;
using PipelineCrm.Rules;
using PipelineCrm.Setup;

namespace PipelineCrm;

/// <summary>The application's only registration.</summary>
public static class ApplicationServices
{
    /// <summary>How many ordinary requests are handled at once; without it as many as the memory bears.</summary>
    public static IServiceCollection LimitRequests(this IServiceCollection services, int atOnce) => services.AddSingleton(new Turnstile(atOnce));

    /// <param name="connectionString">Of the application's database role, which owns nothing.</param>
    public static IServiceCollection AddPipelineCrm(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.TryAddSingleton<TimeProvider>(new DatabaseTime());
        services.AddSingleton(provider => new PreparedConnections(connectionString(provider)));
        services.AddPooledDbContextFactory<CrmDbContext>((provider, options) => options
            .UseCrm(provider.GetRequiredService<PreparedConnections>().ConnectionString)
            .AddInterceptors(new HistoryWriter(provider.GetRequiredService<FactCatalogs>()))
            // What failed is told by the door, once, and of an outage without a stack trace.
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug),
                (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug))));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CrmDbContext>>().CreateDbContext().On(provider.GetRequiredService<Occasion>()));
        services.AddIdentity();
        services.AddSingleton<LastOutage>();
        services.AddSingleton(provider => new Readiness(provider.GetRequiredService<LastOutage>()));
        services.AddScoped<Occasion>();
        services.AddSingleton<SecurityLog>();
        services.TryAddSingleton(new Turnstile(Turnstile.Fitting(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)));
        services.AddScoped<ActorSource>();
        services.AddScoped<RulesInForce>();
        services.AddScoped<RulePublisher>();
        services.AddScoped<Inside>();
        services.AddScoped<Operations>();
        services.AddScoped<KnownCodes>();
        services.AddScoped<CustomerChanges>();
        services.AddScoped<ArchiveOfCustomers>();
        services.AddScoped<BelongingsOfDeal>();
        services.AddScoped<RecordWriter>();
        services.AddScoped<QuoteLines>();
        services.AddSingleton<Door>();
        services.AddSingleton<PublishedRules>();
        services.TryAddSingleton(FactCatalog.BuiltIn);
        services.AddSingleton<FactCatalogs>();
        services.AddScoped<FactsInUse>();
        services.AddSingleton<MoveProbe>();
        services.AddScoped<LedgerWriter>();
        services.AddScoped<MoveScenes>();
        services.AddScoped<UndoScenes>();
        services.AddScoped<ArchiveOfDeals>();
        services.AddHostedService<TotalsFolder>();
        services.AddHostedService<StoredAnswersPurge>();
        services.AddHostedService<FunnelFolder>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxLag>();
        services.AddSingleton<ChangeHub>();
        services.AddSingleton<OutboxReader>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxReader>());
        services.AddHostedService<OutboxListener>();
        services.AddHostedService<OutboxPurge>();
        services.TryAddSingleton(new CheckpointFolder(null));
        services.AddHostedService<CheckpointWork>();
        services.AddImports();
        services.AddScoped<DemoPlayer>();
        UseCases.AddTo(services, typeof(ApplicationServices).Assembly);
        return services;
    }
}
