using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Rules;

/// <summary>
/// The rule set that judges now. Which one that is, the database says each time; what it says is kept in memory,
/// because a published version never changes.
/// </summary>
internal sealed class RulesInForce(CrmDbContext db, PublishedRules rules)
{
    public async Task<RuleSet> Load(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(PublishedRules.InForce, await Open(ct));
        return await Load(command, ct) ?? throw new InvalidOperationException("No rule set is in force.");
    }

    /// <summary>Null where there is no such version.</summary>
    public async Task<RuleSet?> Load(int version, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select version, published_at from rule_sets where version = $1", await Open(ct)) { Parameters = { new() { Value = version } } };
        return await Load(command, ct);
    }

    private async Task<NpgsqlConnection> Open(CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return (NpgsqlConnection)db.Database.GetDbConnection();
    }

    private async Task<RuleSet?> Load(NpgsqlCommand which, CancellationToken ct)
    {
        return await Find() is { } found ? await rules.Load(which.Connection!, found.Version, found.PublishedAt, ct) : null;

        async Task<(int Version, DateTimeOffset PublishedAt)?> Find()
        {
            await using var reader = await which.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? (reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
        }
    }
}
