namespace PipelineCrm.Web.Hosting;

/// <summary>
/// Where people find the server, for links that a command prints: the setting PublicUrl, else what this process is configured to listen on,
/// else where the server on the same data folder recorded that it listens, else the default.
/// </summary>
internal static class PublicAddress
{
    private const string Default = "http://127.0.0.1:5080";
    private const string Kept = "address";
    private static readonly string[] Everywhere = ["0.0.0.0", "[::]", "*", "+"];

    public static string Of(IConfiguration configuration, ActiveDatabase database) =>
        (Given(configuration["PublicUrl"]) ?? Given(configuration["urls"]?.Split(';')[0]) ?? Running(database) ?? Default).TrimEnd('/');

    /// <summary>Says to the commands on the same data folder where this server listens.</summary>
    public static void Keep(ActiveDatabase database, string address)
    {
        if (FileIn(database) is { } file)
        {
            File.WriteAllText(file,
                Everywhere.Aggregate(address, (open, any) => open.Replace($"//{any}:", "//127.0.0.1:", StringComparison.Ordinal)));
        }
    }

    private static string? Running(ActiveDatabase database) => FileIn(database) is { } file && File.Exists(file)
        ? Given(File.ReadAllText(file)) : null;

    private static string? FileIn(ActiveDatabase database) => database.DataFolder is { } folder ? Path.Combine(folder, Kept) : null;

    private static string? Given(string? address) => string.IsNullOrWhiteSpace(address) ? null : address;
}
