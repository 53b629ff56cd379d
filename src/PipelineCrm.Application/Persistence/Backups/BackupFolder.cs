using System.Globalization;

namespace PipelineCrm.Persistence.Backups;

/// <summary>Where backups lie that are made by themselves, beside the data of a private PostgreSQL: the last five.</summary>
public sealed class BackupFolder(string folder)
{
    private const int Kept = 5;
    private const string Ending = ".backup";
    private const string Before = "-before-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Backs up before something that cannot be taken back.</summary>
    /// <param name="what">Part of the file's name.</param>
    /// <returns>The file.</returns>
    /// <exception cref="BackupException">It could not be made.</exception>
    public async Task<string> Add(string connectionString, string? binFolder, string what, CancellationToken ct)
    {
        var file = Path.Combine(folder,
            $"{TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture)}{Before}{what}{Ending}");
        try
        {
            Directory.CreateDirectory(folder, OwnerOnly);
            await CrmBackup.Write(connectionString, binFolder, file, ct);
            foreach (var old in Directory.EnumerateFiles(folder, $"*{Before}*{Ending}").OrderDescending(StringComparer.Ordinal).Skip(Kept)
                .ToList())
            {
                File.Delete(old);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup could not be written: {refused.Message}", refused);
        }

        return file;
    }
}
