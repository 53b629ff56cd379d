using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>A database as an older program left it.</summary>
internal static class OlderDatabase
{
    /// <summary>The migration before data-protection keys moved.</summary>
    public const string Last = "0099_import_overwrites";

    public const string SomebodyWorks = "insert into customers (id, name, created_at) values ('01900000-0000-7000-8000-000000000001', 'Orchard Ltd', now())";

    /// <summary>Those that it had.</summary>
    private static IEnumerable<string> Migrations => SchemaVersion.Known.Where(known => string.CompareOrdinal(known, Last) <= 0);

    /// <param name="owner">Of an empty database.</param>
    public static async Task MakeAsync(string owner)
    {
        await Past.DoAsync(owner, """create table "__EFMigrationsHistory" ("MigrationId" character varying(150) primary key, "ProductVersion" character varying(32) not null)""");
        foreach (var migration in Migrations)
        {
            await using var stream = typeof(CrmDatabase).Assembly.GetManifestResourceStream($"PipelineCrm.Persistence.Migrations.{migration}.sql")!;
            using var reader = new StreamReader(stream);
            await Past.DoAsync(owner, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
            await Past.DoAsync(owner, $"""insert into "__EFMigrationsHistory" values ('{migration}', '10.0.14')""");
        }
    }
}
