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
    private sealed record Published(int Version, DateTimeOffset PublishedAt);

    public async Task<RuleSet> Load(CancellationToken ct)
    {
        var current = await db.Database
            .SqlQueryRaw<Published>(PublishedRules.InForce.Replace("version, published_at", "version as \"Version\", published_at as \"PublishedAt\"", StringComparison.Ordinal))
            .AsAsyncEnumerable().FirstAsync(ct);
        return await Load(current, ct);
    }

    /// <summary>Null where there is no such version.</summary>
    public async Task<RuleSet?> Load(int version, CancellationToken ct)
    {
        var published = await db.RuleSets.AsNoTracking().Where(x => x.Version == version)
            .Select(x => new Published(x.Version, x.PublishedAt)).FirstOrDefaultAsync(ct);
        return published is null ? null : await Load(published, ct);
    }

    private async Task<RuleSet> Load(Published published, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return await rules.Load((NpgsqlConnection)db.Database.GetDbConnection(), published.Version, published.PublishedAt, ct);
    }
}
