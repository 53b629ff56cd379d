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
        VerifyCommand.Entry,
        DemoCommand.Entry,
        BackupCommand.Entry,
        RestoreCommand.Entry,
    ];
}
