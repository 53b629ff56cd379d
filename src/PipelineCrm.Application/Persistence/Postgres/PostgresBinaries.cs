using System.Globalization;
using System.Text.RegularExpressions;

namespace PipelineCrm.Persistence.Postgres;

/// <summary>The folder with initdb, pg_ctl and postgres of one installation, and its major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int Oldest = 15;

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>The newest installation, or the one that made the cluster; a folder named by the setting is the only one asked.</summary>
    public static async Task<PostgresBinaries> Find(string? setting, int? madeBy, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in Candidates(setting).Distinct().Where(IsInstallation))
        {
            var version = await ServerProcess.Run(Path.Combine(folder, "postgres"), ["--version"], null, ct);
            if (VersionNumber().Match(version.Output) is { Success: true } match)
            {
                found.Add(new(folder, int.Parse(match.ValueSpan, CultureInfo.InvariantCulture)));
            }
        }
        var fitting = found.Where(binaries => madeBy is null ? binaries.Major >= Oldest : binaries.Major == madeBy);
        return fitting.MaxBy(binaries => binaries.Major) ?? throw new PostgresMissingException(Missing(setting, madeBy, found));
    }

    private static string Missing(string? setting, int? madeBy, List<PostgresBinaries> found)
    {
        var wanted = madeBy is null ? $"PostgreSQL {Oldest} or later" : $"PostgreSQL {madeBy}, which made this data folder,";
        var where = string.IsNullOrEmpty(setting) ? "on this machine" : $"in {setting}";
        var instead = found.Count == 0 ? "" : $" (found: {string.Join(", ", found.Select(binaries => binaries.Major).Distinct())})";
        return $"{wanted} was not found {where}{instead}: install the package postgresql, or give ConnectionStrings__Crm.";
    }

    private static IEnumerable<string> Candidates(string? setting) => string.IsNullOrEmpty(setting)
        ? Below("/usr/lib/postgresql", "*").Concat(Below("/usr", "pgsql-*"))
            .Concat(Below("/opt/homebrew/opt", "postgresql@*")).Concat(Below("/usr/local/opt", "postgresql@*"))
            .Concat(Below("/home/linuxbrew/.linuxbrew/opt", "postgresql@*"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        : [setting];

    private static IEnumerable<string> Below(string parent, string pattern) => Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent, pattern).Select(folder => Path.Combine(folder, "bin"))
        : [];

    private static bool IsInstallation(string folder) =>
        new[] { "initdb", "pg_ctl", "postgres" }.All(program => File.Exists(Path.Combine(folder, program)));

    [GeneratedRegex(@"(?<=\) )\d+")]
    private static partial Regex VersionNumber();
}
