using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Persistence;

/// <summary>Which migrations this program knows, and which a database has.</summary>
internal static class SchemaVersion
{
    private const string AppliedSql = """select "MigrationId" from "__EFMigrationsHistory" order by 1""";

    /// <summary>In the order in which they are applied.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. typeof(CrmDbContext).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal),
    ];

    /// <summary>In the order in which they were applied; empty for a database that is nobody's yet.</summary>
    public static async Task<IReadOnlyList<string>> Applied(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var exists = new NpgsqlCommand("""select to_regclass('public."__EFMigrationsHistory"') is not null""", connection);
        if (await exists.ExecuteScalarAsync(ct) is false)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(AppliedSql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            applied.Add(reader.GetString(0));
        }

        return applied;
    }

    /// <exception cref="DatabaseStartException">A newer program has migrated the database: what this one would do with it, nobody
    /// knows.</exception>
    public static void RefuseNewer(IEnumerable<string> applied)
    {
        if (applied.Except(Known).Max(StringComparer.Ordinal) is { } newer)
        {
            throw new DatabaseStartException(
                $"The database is of a newer version of PipelineCrm (it has migration {newer}, this program knows them up to {Known[^1]}): start that version.");
        }
    }
}
