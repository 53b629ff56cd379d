using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PipelineCrm.Access;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Demo;
using PipelineCrm.Domain;
using PipelineCrm.Funnel;
using PipelineCrm.Imports;
using PipelineCrm.Lists;
using PipelineCrm.Live;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Availability;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Outbox;
using PipelineCrm.Persistence.Sql;
using PipelineCrm.Rules;

namespace PipelineCrm;

/// <summary>The application's only registration.</summary>
public static class ApplicationServices
{
    /// <summary>How many ordinary requests are handled at once; without it as many as the memory bears.</summary>
    public static IServiceCollection LimitRequests(this IServiceCollection services,
        int atOnce) => services.AddSingleton(new UseCaseThrottle(atOnce));

    /// <param name="connectionString">Of the application's database role, which owns nothing.</param>
    public static IServiceCollection AddPipelineCrm(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.TryAddSingleton<TimeProvider>(new DatabaseTime());
        services.AddSingleton(provider => new ApplicationConnection(connectionString(provider)));
        services.AddPooledDbContextFactory<CrmDbContext>((provider, options) => options
            .UseCrm(provider.GetRequiredService<ApplicationConnection>().ConnectionString)
            .AddInterceptors(new HistoryInterceptor(provider.GetRequiredService<FactCatalogCache>()))
            // What failed is told by the door, once, and of an outage without a stack trace.
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug),
                (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug))));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CrmDbContext>>().CreateDbContext()
            .On(provider.GetRequiredService<RequestContext>()));
        services.AddIdentity();
        services.AddSingleton<LastDatabaseOutage>();
        services.AddSingleton(provider => new ReadinessCheck(provider.GetRequiredService<LastDatabaseOutage>()));
        services.AddScoped<RequestContext>();
        services.AddSingleton<SecurityLog>();
        services.TryAddSingleton(new UseCaseThrottle(UseCaseThrottle.Fitting(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)));
        services.AddScoped<ActorLoader>();
        services.AddScoped<CurrentRuleSet>();
        services.AddScoped<RulePublisher>();
        services.AddScoped<UseCasePipeline>();
        services.AddScoped<IdempotentCommands>();
        services.AddScoped<CommitCallbacks>();
        services.AddScoped<CodeLookup>();
        services.AddScoped<CustomerConflicts>();
        services.AddScoped<CustomerArchiver>();
        services.AddScoped<DealChildren>();
        services.AddScoped<RecordWriter>();
        services.AddScoped<BulkJobReader>();
        services.AddSingleton<BulkJobSignal>();
        services.AddSingleton<BulkJobWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<BulkJobWorker>());
        services.AddScoped<QuoteLines>();
        services.AddSingleton<UseCaseSender>();
        services.AddSingleton<RuleSetCache>();
        services.AddSingleton<RecentActors>();
        services.TryAddSingleton(FactCatalog.BuiltIn);
        services.AddSingleton<FactCatalogCache>();
        services.AddScoped<CurrentFactCatalog>();
        services.AddSingleton<MoveTestHook>();
        services.AddScoped<LedgerWriter>();
        services.AddScoped<MoveTransactionFactory>();
        services.AddScoped<UndoTransactionFactory>();
        services.AddScoped<DealArchiver>();
        services.AddHostedService<BoardTotalsProjection>();
        services.AddHostedService<IdempotencyPurge>();
        services.AddHostedService<FunnelProjection>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxLag>();
        services.AddSingleton<ChangeHub>();
        services.AddSingleton<OutboxReader>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxReader>());
        services.AddHostedService<OutboxListener>();
        services.AddHostedService<OutboxPurge>();
        services.TryAddSingleton(new CheckpointFolder(null));
        services.AddHostedService<CheckpointJob>();
        services.AddImports();
        services.AddScoped<DemoWriter>();
        UseCaseRegistry.AddTo(services, typeof(ApplicationServices).Assembly);
        return services;
    }
}
