namespace PipelineCrm.Web.Hosting;

/// <summary>Every command finds its database migrated; this one says what that took.</summary>
internal static class MigrateCommand
{
    public static readonly Command Entry = new("migrate", [new("", "brings the database up to date, says how")],
        _ => _ => Invocation.Of(Run))
    {
        Unexpected = (_, _) => "migrate takes no arguments.",
    };

    private static async Task<int> Run(WebApplication app, CancellationToken ct)
    {
        var applied = app.Services.GetRequiredService<ActiveDatabase>().Applied;
        foreach (var migration in applied)
        {
            await Console.Out.WriteLineAsync($"applied {migration}");
        }
        await Console.Out.WriteLineAsync(applied.Count == 0 ? "nothing was missing" : $"{applied.Count} applied");
        return 0;
    }
}
