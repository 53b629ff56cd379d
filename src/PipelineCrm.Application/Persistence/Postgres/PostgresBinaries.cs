using System.Globalization;
using System.Text.RegularExpressions;

namespace PipelineCrm.Persistence.Postgres;

/// <summary>The folder with initdb, pg_ctl and postgres of one installation, and its major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int Oldest = 15;
    private static readonly string[] Server = ["postgres", "initdb", "pg_ctl"];
    private static readonly string[] Client = ["pg_dump", "pg_restore"];

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>The newest installation, or the one that made the cluster; a folder named by the setting is the only one asked.</summary>
    public static async Task<PostgresBinaries> Find(string? setting, int? madeBy, CancellationToken ct)
    {
        var found = await Installed(setting, Server, ct);
        var fitting = found.Where(binaries => madeBy is null ? binaries.Major >= Oldest : binaries.Major == madeBy);
        return fitting.MaxBy(binaries => binaries.Major) ?? throw new PostgresMissingException(Missing(setting, madeBy, found));
    }

    /// <summary>The programs that back up and restore a server of that version: of the same one, else of the next newer one.</summary>
    public static async Task<PostgresBinaries> FindClient(string? setting, int serverMajor, CancellationToken ct)
    {
        var found = await Installed(setting, Client, ct);
        return found.Where(binaries => binaries.Major >= serverMajor).MinBy(binaries => binaries.Major)
            ?? throw new PostgresMissingException(
                $"pg_dump and pg_restore of PostgreSQL {serverMajor} or later were not found {Where(setting)}: install the package postgresql-client-{serverMajor}.");
    }

    /// <summary>The folders in which all of these programs lie.</summary>
    private static async Task<List<PostgresBinaries>> Installed(string? setting, string[] programs, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in Candidates(setting).Distinct()
            .Where(folder => programs.All(program => File.Exists(Path.Combine(folder, program)))))
        {
            var version = await ServerProcess.Run(Path.Combine(folder, programs[0]), ["--version"], null, ct);
            if (VersionNumber().Match(version.Output) is { Success: true } match)
            {
                found.Add(new(folder, int.Parse(match.ValueSpan, CultureInfo.InvariantCulture)));
            }
        }

        return found;
    }

    private static string Missing(string? setting, int? madeBy, List<PostgresBinaries> found)
    {
        var wanted = madeBy is null ? $"PostgreSQL {Oldest} or later" : $"PostgreSQL {madeBy}, which made this data folder,";
        var instead = found.Count == 0 ? "" : $" (found: {string.Join(", ", found.Select(binaries => binaries.Major).Distinct())})";
        return $"{wanted} was not found {Where(setting)}{instead}: install the package postgresql, or give ConnectionStrings__Crm.";
    }

    private static string Where(string? setting) => string.IsNullOrEmpty(setting) ? "on this machine" : $"in {setting}";

    private static IEnumerable<string> Candidates(string? setting) => string.IsNullOrEmpty(setting)
        ? Below("/usr/lib/postgresql", "*").Concat(Below("/usr", "pgsql-*"))
            .Concat(Below("/opt/homebrew/opt", "postgresql@*")).Concat(Below("/usr/local/opt", "postgresql@*"))
            .Concat(Below("/home/linuxbrew/.linuxbrew/opt", "postgresql@*"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        : [setting];

    private static IEnumerable<string> Below(string parent, string pattern) => Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent, pattern).Select(folder => Path.Combine(folder, "bin"))
        : [];

    [GeneratedRegex(@"(?<=\) )\d+")]
    private static partial Regex VersionNumber();
}
