using System.Diagnostics;
using System.Globalization;

namespace PipelineCrm.Persistence.Postgres;

internal enum ServerState
{
    Stopped,
    Changing,
    Ready,
}

/// <summary>What a running server writes about itself into postmaster.pid; after a crash the file is left behind.</summary>
internal static class PostmasterFile
{
    private const int PortLine = 3;
    private const int StatusLine = 7;

    public static (ServerState State, int Port) Read(ClusterFolder folder)
    {
        var lines = Lines(folder.PostmasterFile);
        if (lines.Length == 0 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) || !IsServer(pid, folder.Cluster))
        {
            return (ServerState.Stopped, 0);
        }
        return lines.Length > StatusLine && lines[StatusLine].Trim() == "ready"
            ? (ServerState.Ready, int.Parse(lines[PortLine], CultureInfo.InvariantCulture))
            : (ServerState.Changing, 0);
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The number may have been given to another process since: the command line tells.</summary>
    private static bool IsServer(int pid, string cluster)
    {
        if (!Directory.Exists("/proc/self"))
        {
            return Process.GetProcesses()
                .Any(process => process.Id == pid && process.ProcessName.StartsWith("postgres", StringComparison.Ordinal));
        }
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').Contains(cluster);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
