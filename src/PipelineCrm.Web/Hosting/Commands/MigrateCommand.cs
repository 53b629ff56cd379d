namespace PipelineCrm.Web.Hosting.Commands;

/// <summary>Every command finds its database migrated; this one says what that took.</summary>
internal static class MigrateCommand
{
    public static readonly Command Entry = new("migrate", [new("", "brings the database up to date, says how")], _ => _ => Invocation.Of(RunAsync))
    {
        Unexpected = (_, _) => "migrate takes no arguments.",
    };

    private static async Task<int> RunAsync(WebApplication app, CancellationToken stop)
    {
        var applied = app.Services.GetRequiredService<DatabaseInUse>().Applied;
        foreach (var migration in applied)
        {
            await Console.Out.WriteLineAsync($"applied {migration}");
        }
        await Console.Out.WriteLineAsync(applied.Count == 0 ? "nothing was missing" : $"{applied.Count} applied");
        return 0;
    }
}
