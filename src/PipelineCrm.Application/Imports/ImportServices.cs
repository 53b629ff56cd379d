using Microsoft.Extensions.DependencyInjection;

namespace PipelineCrm.Imports;

internal static class ImportServices
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddScoped<ImportWriter>();
        services.AddScoped<ImportJudge>();
        services.AddScoped<ImportCommit>();
        services.AddScoped<ImportStatuses>();
        services.AddScoped<ImportAdmin>();
        services.AddScoped<ImportRetreat>();
        services.AddScoped<Overwrites>();
        services.AddScoped<StagedWrites>();
    }
}
