namespace PipelineCrm.Web.Hosting;

/// <summary>Every command finds its database migrated; this one says what that took.</summary>
internal static class MigrateCommand
{
    public static readonly Command Entry = new("migrate", "", "brings the database up to date, says how", Parse);

    private static Invocation Parse(string[] args) => args is []
        ? Invocation.Of(Run)
        : Invocation.Wrong("migrate takes no arguments.");

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
