using System.Globalization;

namespace PipelineCrm.Deals;

/// <summary>The last line of a checkpoint.</summary>
internal sealed record CheckpointTrailer(string At, int Lines, string Previous, string Digest, string Key, string Signature)
{
    public override string ToString() =>
        string.Join(' ', CheckpointDigest.Closing, At, Lines.ToString(CultureInfo.InvariantCulture), Previous, Digest, Key, Signature);

    public static CheckpointTrailer? Read(string line) =>
        line.Split(' ') is [CheckpointDigest.Closing, var at, var lines, var previous, var digest, var key, var signature]
        && int.TryParse(lines, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new CheckpointTrailer(at, count, previous, digest, key, signature)
            : null;
}
