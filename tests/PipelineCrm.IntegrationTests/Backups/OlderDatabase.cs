using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>A database as an older program left it.</summary>
internal static class OlderDatabase
{
    /// <summary>The last migration that was released before the outbox was made anew.</summary>
    public const string Last = "0099_import_overwrites";

    /// <param name="owner">Of an empty database.</param>
    public static async Task Make(string owner)
    {
        var options = new DbContextOptionsBuilder<CrmDbContext>()
            .UseNpgsql($"{owner};Pooling=false")
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        await using var context = new CrmDbContext(options);
        // EF finds a migration by name only where its id begins with a date: the later ones count as applied meanwhile.
        string[] later = [.. SchemaVersion.Known.Where(known => string.CompareOrdinal(known, Last) > 0)];
        await context.GetService<IHistoryRepository>().CreateIfNotExistsAsync(TestContext.Current.CancellationToken);
        foreach (var id in later)
        {
            await SampleDatabase.Do(owner, $"""insert into "__EFMigrationsHistory" values ('{id}', 'later')""");
        }

        await context.Database.MigrateAsync(TestContext.Current.CancellationToken);
        await SampleDatabase.Do(owner, """delete from "__EFMigrationsHistory" where "ProductVersion" = 'later'""");
    }

    public const string SomebodyWorks =
        "insert into customers (id, name, created_at) values ('01900000-0000-7000-8000-000000000001', 'Orchard Ltd', now())";
}
