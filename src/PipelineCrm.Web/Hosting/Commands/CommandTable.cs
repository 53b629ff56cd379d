namespace PipelineCrm.Web.Hosting;

/// <summary>All commands, in the order in which the help shows them.</summary>
internal static class CommandTable
{
    public static readonly IReadOnlyList<Command> All =
    [
        ServeCommand.Entry,
        MigrateCommand.Entry,
        UserCommand.Entry,
        TokenCommand.Entry,
        ImportCommand.Entry,
        ImportsCommand.List,
        ImportsCommand.Undo,
        VerifyCommand.Entry,
        DemoCommand.Entry,
        BackupCommand.Backup,
        BackupCommand.Restore,
    ];

    public static IEnumerable<Command> Named(string name) => All.Where(entry => entry.Name == name);

    /// <summary>Null where there is no such command.</summary>
    public static Command? Find(string name, string[] rest)
    {
        var named = Named(name).ToList();
        return named.Find(entry => entry.Word is { } word && rest is [var first, ..] && first == word) ?? named.Find(entry => entry.Word is null);
    }
}
