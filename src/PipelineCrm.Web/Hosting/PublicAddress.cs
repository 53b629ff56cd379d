namespace PipelineCrm.Web.Hosting;

/// <summary>Where people find this server: the setting PublicUrl, else where it listens by default.</summary>
internal static class PublicAddress
{
    private const string Default = "http://127.0.0.1:5080";

    public static string Of(IConfiguration configuration) =>
        (Given(configuration["PublicUrl"]) ?? Given(configuration["urls"]?.Split(';')[0]) ?? Default).TrimEnd('/');

    private static string? Given(string? address) => string.IsNullOrWhiteSpace(address) ? null : address;
}
