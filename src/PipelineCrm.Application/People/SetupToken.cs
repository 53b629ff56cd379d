using System.Security.Cryptography;
using System.Text;

namespace PipelineCrm.People;

/// <summary>The secret that only who reads the console has: five groups of four characters that cannot be mistaken for each other.</summary>
internal static class SetupToken
{
    private const string Alphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    private const int Groups = 5;
    private const int GroupLength = 4;

    public static string New() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>Typed in small letters, without hyphens or with spaces, it is the same token.</summary>
    public static byte[] Hash(string token) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(token.Where(char.IsLetterOrDigit)).ToUpperInvariant()));

    public static bool Matches(string token, byte[]? hash) => hash is not null && CryptographicOperations.FixedTimeEquals(Hash(token), hash);
}
