using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PipelineCrm.Analytics;
using PipelineCrm.Common;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Imports;
using PipelineCrm.People;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Rules;
using PipelineCrm.Setup;

namespace PipelineCrm;

/// <summary>The application's only registration.</summary>
public static class ApplicationServices
{
    /// <param name="connectionString">Of the application's database role, which owns nothing.</param>
    public static IServiceCollection AddPipelineCrm(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.TryAddSingleton<TimeProvider>(new DatabaseTime());
        services.AddSingleton(provider => new PreparedConnections(connectionString(provider)));
        services.AddPooledDbContextFactory<CrmDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<PreparedConnections>().ConnectionString)
            .AddInterceptors(new HistoryWriter(provider.GetRequiredService<FactCatalogs>()))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CrmDbContext>>().CreateDbContext().On(provider.GetRequiredService<Occasion>()));
        services.AddIdentity();
        services.AddScoped<Occasion>();
        services.AddScoped<ActorSource>();
        services.AddScoped<RulesInForce>();
        services.AddScoped<RulePublisher>();
        services.AddScoped<Inside>();
        services.AddScoped<KnownCodes>();
        services.AddScoped<CustomerChanges>();
        services.AddScoped<ArchiveOfCustomers>();
        services.AddScoped<BelongingsOfDeal>();
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
        services.AddImports();
        services.AddScoped<DemoPlayer>();
        UseCases.AddTo(services, typeof(ApplicationServices).Assembly);
        return services;
    }
}
