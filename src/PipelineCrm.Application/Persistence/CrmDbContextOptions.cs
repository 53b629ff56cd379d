using Microsoft.EntityFrameworkCore;

namespace PipelineCrm.Persistence;

/// <summary>How the context reaches PostgreSQL, and what columns are called.</summary>
internal static class CrmDbContextOptions
{
    public static DbContextOptionsBuilder UseCrm(this DbContextOptionsBuilder options, string connectionString) => options
        .UseNpgsql(connectionString)
        .UseSnakeCaseNamingConvention();
}
