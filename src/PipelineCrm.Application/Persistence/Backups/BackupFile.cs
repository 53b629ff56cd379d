using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PipelineCrm.Persistence.Backups;

/// <summary>
/// A backup's file: a page of text (what it is, the manifest, a checksum over both) and, after it, an archive of pg_dump.
/// Every byte counts: one that was altered, lost or added makes the file a damaged one.
/// </summary>
internal static class BackupFile
{
    private const string Title = "PipelineCrm backup";

    /// <summary>Bytes that the page takes, so that it can be written after what it describes.</summary>
    private const int PageLength = 1024;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Writes beside the file and puts it in its place when it is whole. Only the owner may read it: it holds everything.
    /// </summary>
    /// <param name="archive">Writes the archive, and says what the manifest says besides its length and checksum.</param>
    public static async Task<BackupManifest> Write(string file, Func<Stream, Task<BackupManifest>> archive, CancellationToken ct)
    {
        if (File.Exists(file) && !Is(file))
        {
            throw new BackupException($"{file} is there already and is no backup: name another file.");
        }

        var draft = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            BackupManifest manifest;
            await using (var stream = Create(draft))
            {
                stream.Position = PageLength;
                manifest = await archive(stream);
                stream.Position = PageLength;
                manifest = manifest with { Bytes = stream.Length - PageLength, Sha256 = await Sum(stream, ct) };
                stream.Position = 0;
                await stream.WriteAsync(Page(manifest), ct);
                await stream.FlushAsync(ct);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file, overwrite: true);
            return manifest;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup could not be written: {refused.Message}", refused);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Whether the file begins as a backup does; false where there is none.</summary>
    public static bool Is(string file)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        using var stream = File.OpenRead(file);
        var start = new byte[Title.Length + 1];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Title + "\n"));
    }

    /// <summary>Opens a backup that is whole, at the beginning of its archive.</summary>
    /// <exception cref="BackupException">It cannot be read, is none, is damaged, or of a layout that this program does not
    /// know.</exception>
    public static async Task<(FileStream Archive, BackupManifest Manifest)> OpenAsync(string file, CancellationToken ct)
    {
        var stream = Open(file);
        try
        {
            var manifest = await Check(stream, file, ct);
            stream.Position = PageLength;
            return (stream, manifest);
        }
        catch (Exception refused)
        {
            await stream.DisposeAsync();
            throw refused is IOException unreadable ? Unreadable(file, unreadable) : refused;
        }
    }

    private static async Task<BackupManifest> Check(FileStream stream, string file, CancellationToken ct)
    {
        if (!Is(file))
        {
            throw new BackupException($"{file} is no backup of PipelineCrm.");
        }

        var page = new byte[PageLength];
        if (await stream.ReadAtLeastAsync(page, PageLength, throwOnEndOfStream: false, ct) < PageLength || Parse(page) is not { } manifest)
        {
            throw new BackupException($"{file} is damaged: what it says about itself was cut off or altered.");
        }

        if (manifest.Format != BackupManifest.CurrentFormat)
        {
            throw new BackupException(
                $"{file} is of another version of PipelineCrm (layout {manifest.Format}; this program knows {BackupManifest.CurrentFormat}).");
        }

        if (stream.Length != PageLength + manifest.Bytes)
        {
            throw new BackupException($"{file} is damaged: it has {stream.Length} bytes instead of {PageLength + manifest.Bytes}.");
        }

        return await Sum(stream, ct) == manifest.Sha256
            ? manifest
            : throw new BackupException($"{file} is damaged: its content does not match its checksum.");
    }

    private static byte[] Page(BackupManifest manifest)
    {
        var text = $"{Title}\n{JsonSerializer.Serialize(manifest, Json)}\n";
        var page = (text + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) + "\n").PadRight(PageLength - 1) + "\n";
        return page.Length == PageLength ? Encoding.ASCII.GetBytes(page)
            : throw new InvalidOperationException("The manifest is longer than its page.");
    }

    /// <summary>Null where the page is not, to the byte, what was written.</summary>
    private static BackupManifest? Parse(byte[] page)
    {
        try
        {
            var lines = Encoding.ASCII.GetString(page).Split('\n');
            return lines.Length > 1
                && JsonSerializer.Deserialize<BackupManifest>(lines[1], Json) is { Product: BackupManifest.ProductName } manifest
                && Page(manifest).AsSpan().SequenceEqual(page)
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FileStream Create(string draft) =>
        new(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerOnly });

    /// <summary>Of what follows where the stream stands.</summary>
    private static async Task<string> Sum(FileStream stream,
        CancellationToken ct) => Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));

    private static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, refused);
        }
    }

    private static BackupException Unreadable(string file, Exception refused) => new($"{file} is not there, or may not be read.", refused);
}
