using Microsoft.Extensions.DependencyInjection;

namespace PipelineCrm.Imports;

internal static class ImportRegistration
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddScoped<ImportWriter>();
        services.AddScoped<UndatedRowPolicy>();
        services.AddScoped<ImportCommit>();
        services.AddScoped<ImportStatuses>();
        services.AddScoped<ImportActor>();
        services.AddScoped<ImportRollback>();
        services.AddScoped<ImportOverwrites>();
        services.AddScoped<StagedWrites>();
    }
}
