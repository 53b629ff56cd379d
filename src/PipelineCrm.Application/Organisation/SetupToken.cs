using System.Security.Cryptography;
using System.Text;

namespace PipelineCrm.Organisation;

/// <summary>The secret that only who reads the console has: five groups of four characters that cannot be mistaken for each
/// other.</summary>
internal static class SetupToken
{
    private const string Alphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    private const int Groups = 5;
    private const int GroupLength = 4;
    private const int Stored = 8;

    public static string New() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>Typed in small letters, without hyphens or with spaces, it is the same token.</summary>
    private static byte[] Hash(string token) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(token.Where(char.IsLetterOrDigit)).ToUpperInvariant()));

    /// <summary>The hashes of those shown by the last starts, with one more: a copy that starts beside another leaves its token
    /// good.</summary>
    public static byte[] With(string token,
        byte[]? hashes) => [.. Hash(token), .. (hashes ?? []).Take((Stored - 1) * SHA256.HashSizeInBytes)];

    public static bool Matches(string token, byte[]? hashes)
    {
        var (asked, found) = (Hash(token), false);
        foreach (var hash in (hashes ?? []).Chunk(SHA256.HashSizeInBytes))
        {
            found |= CryptographicOperations.FixedTimeEquals(asked, hash);
        }

        return found;
    }
}
