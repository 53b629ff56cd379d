using System.Globalization;
using System.Security.Cryptography;

namespace PipelineCrm.Persistence.Postgres;

/// <summary>What lies where in the data folder of a private PostgreSQL.</summary>
internal sealed class ClusterFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private ClusterFolder(string root, string server) => (Root, Server) = (root, server);

    public string Root { get; }

    /// <summary>Holds the cluster and its log and belongs to the user that the server runs as.</summary>
    public string Server { get; }

    public string Cluster => Path.Combine(Server, "cluster");

    public string Log => Path.Combine(Server, "server.log");

    public string PostmasterFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>Held while somebody starts or stops the server.</summary>
    public string StartLock => Path.Combine(Root, "start.lock");

    /// <summary>Held shared by every process that uses the server.</summary>
    public string UsersLock => Path.Combine(Root, "users.lock");

    private string PortFile => Path.Combine(Root, "port");

    private string PasswordFile => Path.Combine(Root, "passwords");

    /// <summary>The major version that made the cluster, or null where there is none yet.</summary>
    public int? MadeBy => File.Exists(Path.Combine(Cluster, "PG_VERSION"))
        ? int.Parse(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")), CultureInfo.InvariantCulture)
        : null;

    public int? LastPort
    {
        get => File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile), CultureInfo.InvariantCulture, out var port) ? port : null;
        set => File.WriteAllText(PortFile, value?.ToString(CultureInfo.InvariantCulture));
    }

    public static ClusterFolder Open(string root)
    {
        root = Path.GetFullPath(root);
        Directory.CreateDirectory(root);
        if (ServerProcess.User is null)
        {
            return new(root, Path.Combine(root, "server"));
        }
        // The server's user must be able to pass through, no more.
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.OtherExecute);
        return new(root, ServerFolderForRoot(root));
    }

    /// <summary>Makes the server's folder and gives it to the server's user.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        Directory.CreateDirectory(Server, OwnerOnly | UnixFileMode.UserExecute);
        if (ServerProcess.User is { } user)
        {
            await ServerProcess.RunOrThrow("chown", [$"{user}:", Server], null,
                $"The folder {Server} could not be given to the user {user}", ct);
        }
    }

    /// <summary>Cluster admin, owner, application: generated once, readable by the folder's owner only.</summary>
    public (string Admin, string Owner, string App) Passwords()
    {
        if (!File.Exists(PasswordFile))
        {
            var lines = Enumerable.Range(0, 3).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
            var draft = PasswordFile + ".new";
            File.Delete(draft);
            WriteSecret(draft, string.Join('\n', lines));
            File.Move(draft, PasswordFile);
        }
        return File.ReadAllLines(PasswordFile) is [var admin, var owner, var app, ..]
            ? (admin, owner, app)
            : throw new DatabaseStartException($"{PasswordFile} does not hold three passwords.");
    }

    public static void WriteSecret(string file, string text)
    {
        using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        });
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }

    /// <summary>
    /// Root's folders are often closed to everybody else, the server's user included. Then the cluster lies under /var/lib,
    /// and a file in the data folder says where.
    /// </summary>
    private static string ServerFolderForRoot(string root)
    {
        var elsewhere = Path.Combine(root, "server-folder");
        if (File.Exists(elsewhere))
        {
            return File.ReadAllText(elsewhere).Trim();
        }
        if (Directory.Exists(Path.Combine(root, "server")) || IsOpen(root))
        {
            return Path.Combine(root, "server");
        }
        const string parent = "/var/lib/pipelinecrm";
        Directory.CreateDirectory(parent);
        var server = Path.Combine(parent, Guid.NewGuid().ToString("N"));
        File.WriteAllText(elsewhere, server);
        return server;
    }

    private static bool IsOpen(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (!at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }
        return true;
    }
}
