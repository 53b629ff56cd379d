namespace PipelineCrm.Persistence.Postgres;

/// <summary>Makes a cluster beside its place and moves it there when it is whole, so that a half-made one is never used.</summary>
internal static class ClusterMaker
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

    public static async Task MakeAsync(PostgresBinaries binaries, ClusterFolder folder, bool durable, string admin, string password, CancellationToken stop)
    {
        await folder.PrepareAsync(stop);
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
            if (ServerProgram.User is { } user)
            {
                await ServerProgram.RunOrThrowAsync("chown", [$"{user}:", passwordFile], null, "The password could not be handed to PostgreSQL", stop);
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
            await ServerProgram.RunOrThrowAsync(binaries.InitDb, arguments, ServerProgram.User, "The database could not be made", stop);
        }
        finally
        {
            File.Delete(passwordFile);
        }
        await File.AppendAllTextAsync(Path.Combine(draft, "postgresql.conf"), durable ? Settings : Settings + Fast, stop);
        Directory.Move(draft, folder.Cluster);
    }
}
