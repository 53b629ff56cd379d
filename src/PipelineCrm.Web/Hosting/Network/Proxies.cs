using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// The proxies that may say where a request came from and whether it was https: the settings Proxy:Addresses and Proxy:Networks, each a
/// list divided by commas. None: what such headers say counts for nothing.
/// </summary>
internal sealed class Proxies
{
    private const string Original = "X-Original-For";
    private static readonly string[] Signs = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via",
        "CF-Connecting-IP"];
    private static readonly char[] Commas = [',', ';', ' '];

    private readonly List<IPAddress> _addresses;
    private readonly List<System.Net.IPNetwork> _networks;

    /// <exception cref="FormatException">A setting names what is no address or network.</exception>
    public Proxies(IConfiguration configuration)
    {
        _addresses = Read(configuration, "Proxy:Addresses", IPAddress.Parse);
        _networks = Read(configuration, "Proxy:Networks", System.Net.IPNetwork.Parse);
    }

    public bool Known => _addresses.Count + _networks.Count > 0;

    public void Use(IApplicationBuilder app)
    {
        if (!Known)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // As many as are trusted, one behind the other.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        _addresses.ForEach(options.KnownProxies.Add);
        _networks.ForEach(options.KnownIPNetworks.Add);
        app.UseForwardedHeaders(options);
    }

    /// <summary>
    /// Whether the request came over the loopback of this machine and was for it. A proxy that nobody told us of must not make everybody
    /// look so: any sign of one counts, a name of another machine too.
    /// </summary>
    public bool AtTheMachine(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address) || !IsLoopback(http.Request.Host.Host))
        {
            return false;
        }

        var headers = http.Request.Headers;
        return Known
            ? headers.ContainsKey(Original) || !IsProxy(address) && !Array.Exists(Signs, headers.ContainsKey)
            : !headers.ContainsKey(Original) && !Array.Exists(Signs, headers.ContainsKey);
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private bool IsProxy(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _addresses.Contains(plain) || _networks.Exists(network => network.Contains(plain));
    }

    private static List<T> Read<T>(IConfiguration configuration, string key, Func<string, T> parse)
    {
        try
        {
            return [.. (configuration[key] ?? "").Split(Commas, StringSplitOptions.RemoveEmptyEntries).Select(parse)];
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"The setting {key} holds what is none: {configuration[key]}", wrong);
        }
    }
}
