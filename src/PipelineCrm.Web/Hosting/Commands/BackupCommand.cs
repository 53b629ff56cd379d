namespace PipelineCrm.Web.Hosting;

/// <summary>Named in the contract and not made yet.</summary>
internal static class BackupCommand
{
    public static readonly Command Backup = new("backup", "FILE", "not available yet", Parse);

    public static readonly Command Restore = new("restore", "FILE", "not available yet", Parse);

    private static Invocation Parse(string[] args) => args is [_]
        ? Invocation.Of(Refuse)
        : Invocation.Wrong("Name one file.");

    private static async Task<int> Refuse(WebApplication app, CancellationToken ct)
    {
        await Console.Error.WriteLineAsync("Backup and restore are not available yet; until then use pg_dump and pg_restore.");
        return 1;
    }
}
