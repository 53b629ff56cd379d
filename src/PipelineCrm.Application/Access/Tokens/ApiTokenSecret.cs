using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PipelineCrm.Access;

/// <summary>What a program sends as its bearer token: 256 random bits behind a prefix by which a leaked one is recognised.</summary>
internal static class ApiTokenSecret
{
    private const string Prefix = "pcrm_";
    private const int Bytes = 32;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool HasForm(string secret) => secret.Length == Prefix.Length + Base64Url.GetEncodedLength(Bytes)
        && secret.StartsWith(Prefix, StringComparison.Ordinal);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
