using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;

namespace PipelineCrm.Benchmarks;

/// <summary>The facts of a deal that a snapshot of a past instant asks for, as they were written when it was opened, and an amount that was
/// another at first.</summary>
internal static class HistoryGenerator
{
    public const string Copy =
        "copy history (entity, entity_id, field, before, after, occurred_at, recorded_at, by_user, channel, deal_id, version) from stdin binary";

    /// <param name="changed">When the amount became what it is; null: it was so from the beginning.</param>
    public static async Task Of(NpgsqlBinaryImporter rows, int deal, decimal amount, DateOnly close, DateTimeOffset created,
        DateTimeOffset? changed)
    {
        var (now, first) = (Number(amount), Number(changed is null ? amount : amount / 2));
        await Row(rows, deal, "ownerId", null, $"\"{DataGenerator.Id('e', DataGenerator.Owner(deal))}\"", created);
        await Row(rows, deal, "amount", null, first, created);
        await Row(rows, deal, "currency", null, "\"USD\"", created);
        await Row(rows, deal, "expectedClose", null, $"\"{close:yyyy-MM-dd}\"", created);
        if (changed is { } then)
        {
            await Row(rows, deal, "amount", first, now, then);
        }
    }

    private static async Task Row(NpgsqlBinaryImporter rows, int deal, string field, string? before, string after, DateTimeOffset at)
    {
        var (id, who) = (DataGenerator.Id('d', deal), DataGenerator.Id('e', DataGenerator.Owner(deal)));
        await rows.StartRowAsync();
        await DataGenerator.Values(rows, "deal", id.ToString(), field);
        await (before is null ? rows.WriteNullAsync() : rows.WriteAsync(before, NpgsqlDbType.Jsonb));
        await rows.WriteAsync(after, NpgsqlDbType.Jsonb);
        await DataGenerator.Values(rows, at.UtcDateTime, at.UtcDateTime, who, (short)Channel.Board, id, 1L);
    }

    private static string Number(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}
