using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The line between a browser and the server: it can be cut, and mended.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _open = new();
    private readonly int _server;
    private readonly Task _accepting;
    private volatile bool _cut;

    public TcpProxy(string server)
    {
        _server = new Uri(server).Port;
        _listener.Start();
        _accepting = Accept();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>What is connected is torn off, and nobody connects any more.</summary>
    public void Cut()
    {
        _cut = true;
        foreach (var (browser, server) in _open)
        {
            browser.Dispose();
            server.Dispose();
        }
    }

    public void Restore() => _cut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Dispose();
        await _accepting;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Pass(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over: a listener that is asked after its end says so in any of these ways.
        }
    }

    private async Task Pass(TcpClient browser)
    {
        using var both = browser;
        using var server = new TcpClient();
        if (_cut)
        {
            return;
        }

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            _open.TryAdd(browser, server);
            if (!_cut)
            {
                await Task.WhenAny(browser.GetStream().CopyToAsync(server.GetStream()),
                    server.GetStream().CopyToAsync(browser.GetStream()));
            }
        }
        catch (Exception torn) when (torn is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut in the middle: both ends are let go below.
        }

        _open.TryRemove(browser, out _);
    }
}
