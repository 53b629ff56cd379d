using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace PipelineCrm.Web.Hosting;

/// <summary>Runs the web application until it is signalled to stop.</summary>
internal static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static readonly Command Entry = new("serve", [new("[--urls URL]", $"starts PipelineCrm (default; {DefaultUrl})")], Define)
    {
        Unexpected = (_, words) => $"serve does not understand: {string.Join(' ', words)}",
    };

    private static Func<ParseResult, Invocation> Define(System.CommandLine.Command command)
    {
        var urls = new Option<string>("--urls");
        command.Add(urls);
        return parsed => Serve(parsed.GetValue(urls));
    }

    private static Invocation Serve(string? urls) => urls is null || urls.Split(';').All(IsAddress)
        ? Invocation.Of((app, ct) => Run(app, urls, ct))
        : Invocation.Wrong($"{urls} is no address to listen on, such as {DefaultUrl}.");

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https" };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static async Task<int> Run(WebApplication app, string? urls, CancellationToken ct)
    {
        var configured = new[] { "urls", "http_ports", "https_ports" }.Any(key => !string.IsNullOrEmpty(app.Configuration[key]));
        if (urls is not null || !configured)
        {
            foreach (var url in (urls ?? DefaultUrl).Split(';'))
            {
                app.Urls.Add(url);
            }
        }
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException or SocketException)
        {
            await app.StopAsync(CancellationToken.None);
            await Console.Error.WriteLineAsync($"{taken.Message} Choose another with --urls.");
            return 1;
        }
        PublicAddress.Keep(app.Services.GetRequiredService<ActiveDatabase>(), app.Urls.First());
        foreach (var address in app.Urls)
        {
            await Console.Out.WriteLineAsync($"Listening on {address}");
        }
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
