using System.Diagnostics;

namespace PipelineCrm.Persistence.Postgres;

/// <summary>An advisory lock on a file; the kernel lets go of it when the process ends, however it ends.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    public static FileStream Shared(string file) => File.Open(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);

    public static FileStream? TryExclusive(string file)
    {
        try
        {
            return File.Open(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.GetType() == typeof(IOException))
        {
            return null;
        }
    }

    public static async Task<FileStream> Exclusive(string file, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryExclusive(file) is { } held)
            {
                return held;
            }
            if (Stopwatch.GetElapsedTime(since) > Timeout)
            {
                throw new DatabaseStartException(
                    $"Another process has been starting or stopping the database for {Timeout.TotalMinutes:0} minutes ({file} is locked).");
            }
            await Task.Delay(25, ct);
        }
    }
}
