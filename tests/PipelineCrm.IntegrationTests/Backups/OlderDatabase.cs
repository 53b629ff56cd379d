using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>A database as an older program left it.</summary>
internal static class OlderDatabase
{
    /// <summary>The migration before data-protection keys moved.</summary>
    public const string Last = "0099_import_overwrites";

    /// <param name="owner">Of an empty database.</param>
    public static async Task MakeAsync(string owner)
    {
        var options = new DbContextOptionsBuilder<CrmDbContext>()
            .UseNpgsql($"{owner};Pooling=false")
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        await using var context = new CrmDbContext(options);
        await context.GetService<IMigrator>().MigrateAsync(Last, TestContext.Current.CancellationToken);
    }

    public const string SomebodyWorks = "insert into customers (id, name, created_at) values ('01900000-0000-7000-8000-000000000001', 'Orchard Ltd', now())";
}
