using System.Security.Cryptography;
using System.Text;

namespace PipelineCrm.Deals;

/// <summary>
/// The lines of one checkpoint, hashed one by one while they are written or read. The last line of each closes it: when it was made, how
/// many lines it has, the digest before it, its own over all of them, the key's fingerprint and the signature. So every checkpoint stands
/// on those before it, and none can be taken out or put in.
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
