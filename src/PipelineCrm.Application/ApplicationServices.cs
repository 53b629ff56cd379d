using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PipelineCrm.Access;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Demo;
using PipelineCrm.Funnel;
using PipelineCrm.Imports;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Sql;
using PipelineCrm.Rules;

namespace PipelineCrm;

/// <summary>The application's only registration.</summary>
public static class ApplicationServices
{
    /// <param name="connectionString">Of the application's database role, which owns nothing.</param>
    public static IServiceCollection AddPipelineCrm(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.TryAddSingleton<TimeProvider>(new DatabaseTime());
        services.AddSingleton(provider => new ApplicationConnection(connectionString(provider)));
        services.AddPooledDbContextFactory<CrmDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<ApplicationConnection>().ConnectionString)
            .AddInterceptors(new HistoryInterceptor())
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CrmDbContext>>().CreateDbContext().On(provider.GetRequiredService<RequestContext>()));
        services.AddIdentity();
        services.AddScoped<RequestContext>();
        services.AddScoped<ActorLoader>();
        services.AddScoped<RulesInForce>();
        services.AddScoped<RulePublisher>();
        services.AddScoped<UseCasePipeline>();
        services.AddScoped<CodeLookup>();
        services.AddScoped<CustomerConflicts>();
        services.AddScoped<CustomerArchiver>();
        services.AddScoped<DealChildren>();
        services.AddSingleton<UseCaseSender>();
        services.AddSingleton<RuleSetCache>();
        services.AddSingleton<MoveTestHook>();
        services.AddScoped<LedgerWriter>();
        services.AddScoped<MoveTransactionFactory>();
        services.AddScoped<UndoTransactionFactory>();
        services.AddScoped<DealArchiver>();
        services.AddHostedService<BoardTotalsProjection>();
        services.AddHostedService<IdempotencyPurge>();
        services.AddHostedService<FunnelProjection>();
        services.AddImports();
        services.AddScoped<DemoWriter>();
        UseCaseRegistry.AddTo(services, typeof(ApplicationServices).Assembly);
        return services;
    }
}
