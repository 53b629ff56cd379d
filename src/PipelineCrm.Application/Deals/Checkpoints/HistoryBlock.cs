using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PipelineCrm.Deals;

/// <summary>The lines of the history from after one id up to another, as one hash.</summary>
internal sealed record HistoryBlock(long From, long To, long Count, string Hash)
{
    private const string Rows = """
        select jsonb_build_array(id, entity, entity_id, field, before, after, extract(epoch from occurred_at), extract(epoch from recorded_at),
                                 by_user, channel, transition_id, deal_id, version)::text
        from history where id > $1 and id <= $2 order by id
        """;

    public static async Task<HistoryBlock> Read(DifferenceLog rows, long from, long to, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0L;
        await rows.Read(
            Rows,
            row =>
            {
                hash.AppendData(Encoding.UTF8.GetBytes(row.GetString(0)));
                hash.AppendData("\n"u8);
                count++;
            },
            ct,
            from,
            to);
        return new HistoryBlock(from, to, count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"history {From} {To} {Count} {Hash}");
}
