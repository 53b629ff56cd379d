using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Persistence.Backups;

/// <summary>Runs pg_dump or pg_restore against the database of a connection string, with a stream in its place of standard output or
/// input.</summary>
internal sealed class PostgresClient(string folder)
{
    /// <summary>Variables by which libpq would find another server or role than the connection string says.</summary>
    private static readonly string[] Elsewhere = ["PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGOPTIONS", "PGTARGETSESSIONATTRS"];

    private static readonly Dictionary<SslMode, string> SslModes = new()
    {
        [SslMode.Disable] = "disable",
        [SslMode.Allow] = "allow",
        [SslMode.Prefer] = "prefer",
        [SslMode.Require] = "require",
        [SslMode.VerifyCA] = "verify-ca",
        [SslMode.VerifyFull] = "verify-full",
    };

    /// <summary>The programs of the server's own version or, since newer ones read older servers, of the next one that is
    /// installed.</summary>
    /// <exception cref="PostgresMissingException">There are none.</exception>
    public static async Task<PostgresClient> Find(string? binFolder, int serverMajor, CancellationToken ct) =>
        new((await PostgresBinaries.FindClient(binFolder, serverMajor, ct)).Folder);

    /// <summary>
    /// Writes an archive of the whole database as it is in the exported snapshot. The outbox stays empty: its rows are ordered by numbers
    /// of transactions, which mean nothing on another server, and whoever follows it reads anew.
    /// </summary>
    public Task Dump(string connectionString, string snapshot, Stream archive, CancellationToken ct) => Run(
        "pg_dump", connectionString,
        ["--format=custom", $"--snapshot={snapshot}", "--lock-wait-timeout=60s", "--no-owner", "--no-privileges", "--no-tablespaces",
            "--no-publications", "--no-subscriptions", "--no-security-labels", "--no-password",
            "--exclude-table-data=public.outbox"],
        process => process.StandardOutput.BaseStream.CopyToAsync(archive, ct), ct);

    /// <summary>Makes everything that the archive holds in an empty database, all of it or nothing; the role of the connection string owns
    /// it.</summary>
    public Task Restore(string connectionString, Stream archive, CancellationToken ct) => Run(
        "pg_restore", connectionString,
        ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password",
            $"--dbname={Quoted(connectionString)}"],
        process => Feed(archive, process, ct), ct);

    private async Task Run(string program, string connectionString, IEnumerable<string> arguments, Func<Process, Task> stream,
        CancellationToken ct)
    {
        using var process = Start(program, connectionString, arguments);
        await using var killed = ct.Register(() => process.Kill());
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = program == "pg_dump" ? Task.CompletedTask : process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await stream(process);
        }
        catch
        {
            process.Kill();
            throw;
        }

        await output;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
        {
            throw new BackupException($"{program} failed: {OneLine(await errors)}");
        }
    }

    private Process Start(string program, string connectionString, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, program), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var name in Elsewhere)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Variables(new(connectionString)).Where(variable => !string.IsNullOrEmpty(variable.Value)))
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception refused)
        {
            throw new BackupException($"{start.FileName} could not be started: {refused.Message}", refused);
        }
    }

    /// <summary>In the environment and not among the arguments, which everybody on the machine may read.</summary>
    private static IEnumerable<(string Name, string? Value)> Variables(NpgsqlConnectionStringBuilder connection) =>
    [
        ("PGHOST", connection.Host),
        ("PGPORT", connection.Port.ToString(CultureInfo.InvariantCulture)),
        ("PGDATABASE", connection.Database),
        ("PGUSER", connection.Username),
        ("PGPASSWORD", connection.Password),
        ("PGPASSFILE", connection.Passfile),
        ("PGSSLMODE", SslModes[connection.SslMode]),
        ("PGSSLCERT", connection.SslCertificate),
        ("PGSSLKEY", connection.SslKey),
        ("PGSSLROOTCERT", connection.RootCertificate),
        ("PGGSSENCMODE", connection.GssEncryptionMode == GssEncryptionMode.Disable ? "disable" : null),
        ("PGAPPNAME", "PipelineCrm"),
        ("LC_ALL", "C"),
    ];

    /// <summary>A name that would be read as an address or as settings is taken for a name.</summary>
    private static string Quoted(string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        return $"dbname='{database.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
    }

    private static async Task Feed(Stream archive, Process process, CancellationToken ct)
    {
        try
        {
            await archive.CopyToAsync(process.StandardInput.BaseStream, ct);
            process.StandardInput.Close();
        }
        catch (IOException) when (process.HasExited || process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            // It gave up before it had read everything; its exit code and what it said tell why.
        }
    }

    private static string OneLine(string said) =>
        string.Join(' ', said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(3));
}
