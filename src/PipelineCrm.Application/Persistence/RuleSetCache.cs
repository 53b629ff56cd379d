using System.Collections.Concurrent;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence;

/// <summary>Which published rule set it is: the instant tells apart equal numbers of a restored database.</summary>
internal readonly record struct RuleSetKey(int Version, DateTimeOffset PublishedAt);

/// <summary>Rule sets by version, read once: a published version never changes. Which one is in force, the database says each
/// time.</summary>
internal sealed class RuleSetCache
{
    private const string InForce =
        "select version, published_at, transaction_timestamp() from rule_sets where in_force_from <= clock_timestamp() order by in_force_from desc, version desc limit 1";

    private readonly ConcurrentDictionary<RuleSetKey, RuleSet> _known = [];

    /// <summary>The edition in force at this moment, and the transaction's time. A move asks after it has taken
    /// <see cref="AdvisoryLocks.Rules"/>.</summary>
    public static SqlBatch AddInForce(SqlBatch batch, Action<RuleSetKey, DateTimeOffset> found) => batch.Query(
        InForce, row => found(new RuleSetKey(row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1)), row.GetFieldValue<DateTimeOffset>(2)));

    /// <summary>The rule set in force at this moment.</summary>
    public async Task<RuleSet> LoadInForce(NpgsqlConnection connection, CancellationToken ct)
    {
        RuleSetKey current = default;
        await AddInForce(new SqlBatch(connection), (key, _) => current = key).Run(ct);
        return await Load(connection, current, ct);
    }

    public async ValueTask<RuleSet> Load(NpgsqlConnection connection, RuleSetKey key, CancellationToken ct)
    {
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        await using var command = new NpgsqlCommand("select content::text from rule_sets where version = $1",
            connection)
        { Parameters = { new() { Value = key.Version } } };
        var content = (string)(await command.ExecuteScalarAsync(ct))!;
        return _known.GetOrAdd(key, RuleSetJson.Read(content, key.Version));
    }
}
