namespace PipelineCrm.Persistence.Postgres;

/// <summary>Makes a cluster beside its place and moves it there when it is whole, so that a half-made one is never used.</summary>
internal static class ClusterInitializer
{
    private const string Settings = """

        # PipelineCrm: loopback only, nothing of what customers wrote in the log.
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 200
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_error_verbosity = terse
        log_min_error_statement = panic

        """;

    private const string Fast = """
        fsync = off
        synchronous_commit = off
        full_page_writes = off

        """;

    public static async Task Initialize(PostgresBinaries binaries, ClusterFolder folder, bool durable, string admin, string password,
        CancellationToken ct)
    {
        await folder.Prepare(ct);
        var draft = folder.Cluster + ".new";
        var passwordFile = Path.Combine(folder.Server, "admin-password");
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }
        File.Delete(passwordFile);
        try
        {
            ClusterFolder.WriteSecret(passwordFile, password);
            if (ServerProcess.User is { } user)
            {
                await ServerProcess.RunOrThrow("chown", [$"{user}:", passwordFile], null, "The password could not be handed to PostgreSQL",
                    ct);
            }
            List<string> arguments =
            [
                "--pgdata", draft, "--username", admin, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", OperatingSystem.IsMacOS() ? "en_US.UTF-8" : "C.UTF-8",
            ];
            if (!durable)
            {
                arguments.Add("--no-sync");
            }
            await ServerProcess.RunOrThrow(binaries.InitDb, arguments, ServerProcess.User, "The database could not be made", ct);
        }
        finally
        {
            File.Delete(passwordFile);
        }
        await File.AppendAllTextAsync(Path.Combine(draft, "postgresql.conf"), durable ? Settings : Settings + Fast, ct);
        Directory.Move(draft, folder.Cluster);
    }
}
