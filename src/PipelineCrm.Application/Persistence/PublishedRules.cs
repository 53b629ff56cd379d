using System.Collections.Concurrent;
using Npgsql;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence;

/// <summary>Which published rule set it is: the instant tells apart equal numbers of a restored database.</summary>
internal readonly record struct Edition(int Version, DateTimeOffset PublishedAt);

/// <summary>Rule sets by version, read once: a published version never changes. Which one is in force, the database says each time.</summary>
internal sealed class PublishedRules
{
    private const string InForce =
        "select version, published_at, transaction_timestamp() from rule_sets where in_force_from <= clock_timestamp() order by in_force_from desc, version desc limit 1";

    private readonly ConcurrentDictionary<Edition, RuleSet> _known = [];

    /// <summary>The edition in force at this moment, and the transaction's time. A move asks after it has taken <see cref="Locks.Rules"/>.</summary>
    public static Reads AddInForce(Reads reads, Action<Edition, DateTimeOffset> found) => reads.Add(
        InForce, row => found(new Edition(row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1)), row.GetFieldValue<DateTimeOffset>(2)));

    /// <summary>The rule set in force at this moment.</summary>
    public async Task<RuleSet> LoadInForce(NpgsqlConnection connection, CancellationToken ct)
    {
        Edition current = default;
        await AddInForce(new Reads(connection), (edition, _) => current = edition).Run(ct);
        return await Load(connection, current, ct);
    }

    public async ValueTask<RuleSet> Load(NpgsqlConnection connection, Edition edition, CancellationToken ct)
    {
        if (_known.TryGetValue(edition, out var known))
        {
            return known;
        }

        await using var command = new NpgsqlCommand("select content::text from rule_sets where version = $1", connection) { Parameters = { new() { Value = edition.Version } } };
        var content = (string)(await command.ExecuteScalarAsync(ct))!;
        return _known.GetOrAdd(edition, RuleSetJson.Read(content, edition.Version));
    }
}
