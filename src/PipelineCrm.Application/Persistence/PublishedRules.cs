using System.Collections.Concurrent;
using Npgsql;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence;

/// <summary>Rule sets by version, read once: a published version never changes. Which one is in force, the database says each time.</summary>
internal sealed class PublishedRules
{
    /// <summary>The version in force at this moment, when it was published, and the transaction's time. A move asks after it has taken <see cref="Locks.Rules"/>.</summary>
    public const string InForce =
        "select version, published_at, transaction_timestamp() from rule_sets where in_force_from <= clock_timestamp() order by in_force_from desc, version desc limit 1";

    /// <summary>The instant tells apart equal numbers of a restored database.</summary>
    private readonly ConcurrentDictionary<(int Version, DateTimeOffset PublishedAt), RuleSet> _known = [];

    /// <summary>The rule set in force at this moment.</summary>
    public async Task<RuleSet> LoadInForce(NpgsqlConnection connection, CancellationToken ct)
    {
        (int Version, DateTimeOffset PublishedAt) current = default;
        await new Reads(connection).Add(InForce, row => current = (row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1))).Run(ct);
        return await Load(connection, current.Version, current.PublishedAt, ct);
    }

    public async ValueTask<RuleSet> Load(NpgsqlConnection connection, int version, DateTimeOffset publishedAt, CancellationToken ct)
    {
        if (_known.TryGetValue((version, publishedAt), out var known))
        {
            return known;
        }

        await using var command = new NpgsqlCommand("select content::text from rule_sets where version = $1", connection) { Parameters = { new() { Value = version } } };
        var content = (string)(await command.ExecuteScalarAsync(ct))!;
        return _known.GetOrAdd((version, publishedAt), RuleSetJson.Read(content, version));
    }
}
