namespace PipelineCrm.Web.Hosting;

/// <summary>Where to go after signing in: a path of this server, whatever the link contains.</summary>
internal static class LocalAddress
{
    public static string Of(string? address) => IsLocal(address) ? address! : "/";

    private static bool IsLocal(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);
}
