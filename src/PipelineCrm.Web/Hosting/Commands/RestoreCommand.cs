using System.CommandLine;
using PipelineCrm.Persistence.Backups;

namespace PipelineCrm.Web.Hosting;

/// <summary>Puts a backup in the place of the whole database.</summary>
internal static class RestoreCommand
{
    public static readonly Command Entry = new("restore", [new("FILE [--force]", "puts such a file in the place of the whole database")],
        Define)
    {
        Unexpected = (word, _) => word.StartsWith('-') ? $"restore does not understand {word}." : "Name one file.",
    };

    private static Func<ParseResult, Invocation> Define(System.CommandLine.Command command)
    {
        var file = new Argument<string[]>("FILE");
        var force = new Option<bool>("--force") { Arity = ArgumentArity.Zero };
        command.Add(file);
        command.Add(force);
        return parsed => parsed.GetValue(file) is [{ Length: > 0 } one]
            ? Invocation.OnDatabase((database, ct) => Run(database, one, parsed.GetValue(force), ct))
            : Invocation.Wrong("Name one file.");
    }

    private static async Task<int> Run(ActiveDatabase database, string file, bool force, CancellationToken ct)
    {
        var restored = await CrmRestore.Run(
            Path.GetFullPath(file), database.Server, force, () => database.BackUp("restore", "restoring", ct), ct);
        await Console.Out.WriteLineAsync($"restored {file}: {BackupCommand.Line(restored.Manifest)}");
        foreach (var migration in restored.Applied)
        {
            await Console.Out.WriteLineAsync($"applied {migration}");
        }

        if (restored.Left is { } why)
        {
            await Console.Error.WriteLineAsync(
                $"The database as it was before is still there and will be removed by the next restore: {why}");
        }

        if (force)
        {
            await Console.Error.WriteLineAsync(
                "A PipelineCrm that runs on this database must be started anew: it remembers keys of the database as it was.");
        }

        return 0;
    }
}
