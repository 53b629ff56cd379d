using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Rules;

/// <summary>The rule set that judges now, and those before it.</summary>
internal sealed class CurrentRuleSet(CrmDbContext db, RuleSetCache ruleSets)
{
    public async Task<RuleSet> Load(CancellationToken ct) => await ruleSets.LoadInForce(await Open(ct), ct);

    /// <summary>Null where there is no such version.</summary>
    public async Task<RuleSet?> Load(int version, CancellationToken ct)
    {
        var publishedAt = await db.RuleSets.Where(set => set.Version == version).Select(set => (DateTimeOffset?)set.PublishedAt)
            .SingleOrDefaultAsync(ct);
        return publishedAt is { } at ? await ruleSets.Load(await Open(ct), new RuleSetKey(version, at), ct) : null;
    }

    private async Task<NpgsqlConnection> Open(CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return db.Connection;
    }
}
