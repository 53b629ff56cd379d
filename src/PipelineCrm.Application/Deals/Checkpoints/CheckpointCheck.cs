using System.Globalization;

namespace PipelineCrm.Deals;

/// <summary>
/// Holds a file of checkpoints against the database: what was a chain's last row then is a row of that chain still, with the same hash, and
/// the history up to then is what it was. First the file itself: that nothing was taken out of it or put in, and that the key at hand has
/// signed it.
/// </summary>
internal static class CheckpointCheck
{
    private const int Portion = 5000;

    private const string Transitions = """
        select format('deal %s: transition %s, the last one at the checkpoint of %s, %s', h.deal, h.seq, h.at, case when t.id is null then 'is gone' else 'is not what it was' end)
        from unnest($1, $2, $3, $4) as h(deal, seq, hash, at)
        left join transitions t on t.deal_id = h.deal and t.seq = h.seq
        where encode(t.hash, 'hex') is distinct from h.hash
        """;

    private const string Refusals = """
        select format('refusal %s, of the checkpoint of %s, %s', h.id, h.at, case when r.id is null then 'is gone' else 'is not what it was' end)
        from unnest($1, $2, $3) as h(id, hash, at) left join refusals r on r.id = h.id
        where encode(r.hash, 'hex') is distinct from h.hash
        """;

    private const string Rules = """
        select format('rule set %s, of the checkpoint of %s, %s', h.version, h.at, case when r.version is null then 'is gone' else 'is not what it was' end)
        from unnest($1, $2, $3) as h(version, hash, at) left join rule_sets r on r.version = h.version
        where encode(r.hash, 'hex') is distinct from h.hash
        """;

    /// <param name="key">Null: there is none here, so nobody can tell who signed.</param>
    /// <returns>How many checkpoints the file holds.</returns>
    public static async Task<int> Run(DifferenceLog found, string file, CheckpointKey? key, CancellationToken ct)
    {
        var (checkpoints, previous) = (0, CheckpointDigest.None);
        var lines = new List<string[]>();
        var digest = new CheckpointDigest(previous);
        try
        {
            await foreach (var line in File.ReadLinesAsync(file, ct))
            {
                if (CheckpointTrailer.Read(line) is not { } end)
                {
                    digest.Add(line);
                    lines.Add(line.Split(' '));
                    if (lines.Count >= Portion)
                    {
                        await Compare(found, lines, "a checkpoint in the file", ct);
                        lines.Clear();
                    }

                    continue;
                }

                Proven(found, end, digest, previous, key);
                await Compare(found, lines, end.At, ct);
                lines.Clear();
                checkpoints++;
                previous = end.Digest;
                digest.Dispose();
                digest = new CheckpointDigest(previous);
            }

            if (digest.Lines > 0)
            {
                found.Add($"checkpoints: the last {digest.Lines} lines of the file belong to none: it was cut off, or is being written");
            }
        }
        finally
        {
            digest.Dispose();
        }

        if (checkpoints == 0)
        {
            found.Add("checkpoints: the file holds none");
        }

        return checkpoints;
    }

    private static void Proven(DifferenceLog found, CheckpointTrailer end, CheckpointDigest digest, string previous, CheckpointKey? key)
    {
        var lines = digest.Lines;
        var hash = digest.Close(end.At);
        if (end.Previous != previous || end.Lines != lines || end.Digest != Convert.ToHexStringLower(hash))
        {
            found.Add($"checkpoint of {end.At}: its lines are not those that it was made of, or the one before it is another");
        }

        if (key is null)
        {
            found.Add($"checkpoint of {end.At}: there is no key here to tell who signed it");
        }
        else if (end.Key != key.Fingerprint)
        {
            found.Add($"checkpoint of {end.At}: it is signed with a foreign key, {end.Key}; the one here is {key.Fingerprint}");
        }
        else if (!Signed(end, hash, key))
        {
            found.Add($"checkpoint of {end.At}: its signature is bad");
        }
    }

    private static bool Signed(CheckpointTrailer end, byte[] hash, CheckpointKey key)
    {
        var signature = new byte[end.Signature.Length];
        return Convert.TryFromBase64String(end.Signature, signature, out var length) && key.Signed(hash, signature[..length]);
    }

    private static async Task Compare(DifferenceLog found, List<string[]> lines, string at, CancellationToken ct)
    {
        var transitions = new List<(Guid Deal, int Seq, string Hash)>();
        var refusals = new List<(long Id, string Hash)>();
        var rules = new List<(int Version, string Hash)>();
        foreach (var line in lines)
        {
            switch (line)
            {
                case ["transition", var deal, var seq, var hash]
                    when Guid.TryParse(deal, out var id) && int.TryParse(seq, CultureInfo.InvariantCulture, out var number):
                    transitions.Add((id, number, hash));
                    break;
                case ["refusal", var id, var hash] when long.TryParse(id, CultureInfo.InvariantCulture, out var number):
                    refusals.Add((number, hash));
                    break;
                case ["rules", var version, var hash] when int.TryParse(version, CultureInfo.InvariantCulture, out var number):
                    rules.Add((number, hash));
                    break;
                case ["history", var from, var to, _, _] when long.TryParse(from, CultureInfo.InvariantCulture, out var first)
                    && long.TryParse(to, CultureInfo.InvariantCulture, out var last):
                    await History(found, string.Join(' ', line), first, last, at, ct);
                    break;
                default:
                    found.Add($"checkpoint of {at}: a line of it cannot be read");
                    break;
            }
        }

        await Ask(found, Transitions, ct, Of(transitions, one => one.Deal), Of(transitions, one => one.Seq),
            Of(transitions, one => one.Hash), Of(transitions, _ => at));
        await Ask(found, Refusals, ct, Of(refusals, one => one.Id), Of(refusals, one => one.Hash), Of(refusals, _ => at));
        await Ask(found, Rules, ct, Of(rules, one => one.Version), Of(rules, one => one.Hash), Of(rules, _ => at));
    }

    private static async Task History(DifferenceLog found, string told, long from, long to, string at, CancellationToken ct)
    {
        var now = await HistoryBlock.Read(found, from, to, ct);
        if (now.ToString() != told)
        {
            found.Add($"history: its lines {from + 1} to {to} are not what they were at the checkpoint of {at}; there are {now.Count} now");
        }
    }

    private static Task Ask(DifferenceLog found, string sql, CancellationToken ct, params object[] values) =>
        values[0] is Array { Length: 0 } ? Task.CompletedTask : found.Read(sql, row => found.Add(row.GetString(0)), ct, values);

    private static TValue[] Of<T, TValue>(List<T> rows, Func<T, TValue> value) => [.. rows.Select(value)];
}
