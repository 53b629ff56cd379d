using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PipelineCrm.Deals.Verification;

/// <summary>
/// The lines of one checkpoint, hashed one by one while they are written or read. The last line of each closes it: when it was made, how many
/// lines it has, the digest before it, its own over all of them, the key's fingerprint and the signature. So every checkpoint stands on those
/// before it, and none can be taken out or put in.
/// </summary>
internal sealed class CheckpointDigest(string previous) : IDisposable
{
    public const string None = "-";
    public const string Closing = "checkpoint";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public string Previous => previous;

    public int Lines { get; private set; }

    public void Add(string line)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes(line));
        _hash.AppendData("\n"u8);
        Lines++;
    }

    /// <summary>Over the lines, the instant and the digest before.</summary>
    public byte[] Close(string at)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes($"{at}\n{previous}"));
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();
}

/// <summary>The last line of a checkpoint.</summary>
internal sealed record CheckpointEnd(string At, int Lines, string Previous, string Digest, string Key, string Signature)
{
    public override string ToString() => string.Join(' ', CheckpointDigest.Closing, At, Lines.ToString(CultureInfo.InvariantCulture), Previous, Digest, Key, Signature);

    public static CheckpointEnd? Read(string line) =>
        line.Split(' ') is [CheckpointDigest.Closing, var at, var lines, var previous, var digest, var key, var signature]
        && int.TryParse(lines, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new CheckpointEnd(at, count, previous, digest, key, signature)
            : null;
}
