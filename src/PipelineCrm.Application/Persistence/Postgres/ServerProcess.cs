using System.ComponentModel;
using System.Diagnostics;

namespace PipelineCrm.Persistence.Postgres;

/// <summary>Runs one of PostgreSQL's programs to its end. PostgreSQL refuses root, so there it runs as its own user.</summary>
internal static class ServerProcess
{
    /// <summary>Whom the server runs as: nobody else for an ordinary user, Debian's user where we are root.</summary>
    public static string? User { get; } = Environment.IsPrivilegedProcess ? "postgres" : null;

    public sealed record Outcome(int ExitCode, string Output);

    public static async Task<Outcome> Run(string program, IEnumerable<string> arguments, string? user, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        if (user is not null)
        {
            start.UserName = user;
        }
        // PGDATA, PGPORT and the like belong to somebody else's server.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["LC_ALL"] = "C";

        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new(process.ExitCode, $"{await output}{await errors}".Trim());
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception refused)
        {
            var asUser = string.IsNullOrEmpty(start.UserName) ? "" : $" as user {start.UserName}";
            throw new DatabaseStartException($"{start.FileName} could not be started{asUser}: {refused.Message}", refused);
        }
    }

    public static async Task RunOrThrow(string program, IEnumerable<string> arguments, string? user, string sentence, CancellationToken ct)
    {
        var outcome = await Run(program, arguments, user, ct);
        if (outcome.ExitCode != 0)
        {
            throw new DatabaseStartException($"{sentence}: {outcome.Output.ReplaceLineEndings(" ")}");
        }
    }
}
