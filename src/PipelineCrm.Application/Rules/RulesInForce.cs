using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Rules;

/// <summary>
/// The rule set that judges now. Which one that is, the database says each time; what it says is kept in memory,
/// because a published version never changes. A move asks after it took <see cref="Locks.Rules"/>.
/// </summary>
internal sealed class RulesInForce(CrmDbContext db, RuleSetCache cache)
{
    private sealed record Published(int Version, DateTimeOffset PublishedAt);

    public async Task<RuleSet> Load(CancellationToken ct)
    {
        var current = await db.Database.SqlQuery<Published>($"""
            select version as "Version", published_at as "PublishedAt" from rule_sets
            where in_force_from <= clock_timestamp() order by in_force_from desc, version desc limit 1
            """).AsAsyncEnumerable().FirstAsync(ct);
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
        var key = (published.Version, published.PublishedAt);
        if (cache.ByVersion.TryGetValue(key, out var known))
        {
            return known;
        }

        var content = await db.RuleSets.AsNoTracking().Where(x => x.Version == published.Version).Select(x => x.Content).FirstAsync(ct);
        return cache.ByVersion.GetOrAdd(key, RuleSetJson.Read(content, published.Version));
    }
}

/// <summary>Versions that were read once; the instant tells apart equal numbers of a restored database.</summary>
internal sealed class RuleSetCache
{
    public ConcurrentDictionary<(int Version, DateTimeOffset PublishedAt), RuleSet> ByVersion { get; } = [];
}
