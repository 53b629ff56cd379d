using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace PipelineCrm.TestSupport;

/// <summary>An authenticator of RFC 6238: what it would show for a key.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <param name="key">In base 32; blanks do not count.</param>
    /// <param name="step">How many steps of 30 seconds from now; Identity takes codes of two steps around.</param>
    public static string Code(string key, int step = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / StepSeconds + step);
#pragma warning disable CA5350 // RFC 6238 says SHA-1.
        var hash = HMACSHA1.HashData(Bytes(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string key)
    {
        var (plain, bits) = (key.Replace(" ", "", StringComparison.Ordinal), BigInteger.Zero);
        foreach (var letter in plain)
        {
            bits = (bits << 5) + Alphabet.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
        }

        var length = plain.Length * 5 / 8;
        var bytes = (bits >> (plain.Length * 5 % 8)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }
}
