using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PipelineCrm.IntegrationTests.Access;

/// <summary>An authenticator with one passkey and the browser before it, for what real ones never do: they lie about where they are, answer
/// twice, or ask for no finger.</summary>
internal sealed class SoftwareAuthenticator(string origin) : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte WithCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private string? _user;

    /// <summary>Where the browser says that the page is.</summary>
    public string Origin { get; set; } = origin;

    /// <summary>Whether somebody showed that it is theirs.</summary>
    public bool Verifies { get; set; } = true;

    public string Id => Base64Url.EncodeToString(_id);

    public string Make(string options)
    {
        using var asked = JsonDocument.Parse(options);
        _user = asked.RootElement.GetProperty("user").GetProperty("id").GetString();
        var point = _key.ExportParameters(false).Q;
        // CBOR by hand: an EC2 key for ES256, and the attestation "none".
        byte[] key = [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data =
        [
            .. Data(asked.RootElement.GetProperty("rp").GetProperty("id").GetString()!, WithCredential),
            .. new byte[16], 0, (byte)_id.Length, .. _id, .. key,
        ];
        byte[] attestation =
        [
            0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data,
        ];
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(Client("webauthn.create", asked.RootElement)),
            attestationObject = Base64Url.EncodeToString(attestation),
            transports = new[] { "internal" },
        });
    }

    public string Sign(string options)
    {
        using var asked = JsonDocument.Parse(options);
        var (data, client) = (Data(asked.RootElement.GetProperty("rpId").GetString()!), Client("webauthn.get", asked.RootElement));
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(
                _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            userHandle = _user,
        });
    }

    public void Dispose() => _key.Dispose();

    /// <summary>A passkey that is on several devices counts nothing: its counter stays 0, so only the challenge tells a replay.</summary>
    private byte[] Data(string site, byte flags = 0)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(site), data);
        data[32] = (byte)(Present | flags | (Verifies ? Verified : 0));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), 0);
        return data;
    }

    private byte[] Client(string type, JsonElement options) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    private string Answer(object response) =>
        JsonSerializer.Serialize(new { id = Id, rawId = Id, type = "public-key", clientExtensionResults = new { }, response });
}
