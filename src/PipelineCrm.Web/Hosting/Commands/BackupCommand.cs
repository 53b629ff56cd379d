using System.CommandLine;
using System.Globalization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Backups;

namespace PipelineCrm.Web.Hosting;

/// <summary>Backs up the whole database into one file, whoever works on it meanwhile.</summary>
internal static class BackupCommand
{
    public static readonly Command Entry = new("backup", [new("FILE", "writes the whole database into a file")], Define)
    {
        Unexpected = (_, _) => "Name one file.",
    };

    private static Func<ParseResult, Invocation> Define(System.CommandLine.Command command)
    {
        var file = new Argument<string[]>("FILE");
        command.Add(file);
        return parsed => parsed.GetValue(file) is [{ Length: > 0 } one]
            ? Invocation.OnDatabase((database, ct) => Run(database, one, ct))
            : Invocation.Wrong("Name one file.");
    }

    /// <summary>What a backup holds, in one line.</summary>
    public static string Line(BackupManifest manifest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{manifest.Rows} rows in {manifest.Tables} tables, schema {manifest.Schema}, as of {manifest.Taken.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    private static async Task<int> Run(ActiveDatabase database, string file, CancellationToken ct)
    {
        await CrmDatabase.RefuseNewer(database.Connections.Crm, ct);
        var manifest = await CrmBackup.Write(database.Connections.Crm, database.BinFolder, Path.GetFullPath(file), ct);
        await Console.Out.WriteLineAsync($"{file}: {Line(manifest)}");
        return 0;
    }
}
