using System.Security.Cryptography;

namespace PipelineCrm.Deals;

/// <summary>Where checkpoints and their key lie, outside the database.</summary>
/// <param name="Path">Null: nowhere, so none are made.</param>
public sealed record CheckpointFolder(string? Path)
{
    public const string FileName = "checkpoints";
    public const string KeyName = "checkpoints.key";
}

/// <summary>Signs checkpoints: ECDSA over P-256. The key is made at its first use, readable by its owner only, and is never in the
/// database.</summary>
internal sealed class CheckpointKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ECDsa _key;

    private CheckpointKey(ECDsa key) => _key = key;

    /// <summary>What tells keys apart.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()))[..32];

    public static CheckpointKey OpenOrCreate(string folder)
    {
        var path = Path.Combine(folder, CheckpointFolder.KeyName);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var draft = $"{path}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var writer = new StreamWriter(draft, options))
            {
                writer.Write(made.ExportPkcs8PrivateKeyPem());
            }

            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Somebody else has just made it.
                File.Delete(draft);
            }
        }

        return Find(folder) ?? throw new FileNotFoundException("The key of the checkpoints is gone.", path);
    }

    /// <summary>Null where there is none.</summary>
    public static CheckpointKey? Find(string folder)
    {
        var path = Path.Combine(folder, CheckpointFolder.KeyName);
        if (!File.Exists(path))
        {
            return null;
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return new CheckpointKey(key);
    }

    public byte[] Sign(byte[] digest) => _key.SignData(digest, HashAlgorithmName.SHA256);

    public bool Signed(byte[] digest, byte[] signature) => _key.VerifyData(digest, signature, HashAlgorithmName.SHA256);

    public void Dispose() => _key.Dispose();
}
