using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace PipelineCrm.Benchmarks.Pages;

/// <summary>
/// A TCP proxy on loopback that stands for the network between browser and server: it delays every byte by half a round trip, a new
/// connection by a whole one, and counts what the server sends. From the server it lets through as much at a time as TCP's slow start
/// would: ten segments at first, more by each that has arrived. There is no limit of bandwidth and no loss.
/// </summary>
internal sealed class NetworkLink : IAsyncDisposable
{
    private const int Segment = 1460;
    private const int InitialWindow = 10 * Segment;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _open = new();
    private readonly int _server;
    private readonly TimeSpan _roundTrip;
    private readonly Task _accepting;
    private long _received;

    public NetworkLink(string server, TimeSpan roundTrip)
    {
        (_server, _roundTrip) = (new Uri(server).Port, roundTrip);
        _listener.Start();
        _accepting = Accept();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Bytes that the server has sent so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Closes every connection: whoever goes on has to connect anew.</summary>
    public void CloseConnections()
    {
        foreach (var (browser, server) in _open)
        {
            browser.Dispose();
            server.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        CloseConnections();
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
            // The measurement is over: a listener that is asked after its end says so in any of these ways.
        }
    }

    private async Task Pass(TcpClient browser)
    {
        using var server = new TcpClient { NoDelay = true };
        using (browser)
        {
            browser.NoDelay = true;
            _open.TryAdd(browser, server);
            try
            {
                await Task.Delay(_roundTrip);
                await server.ConnectAsync(IPAddress.Loopback, _server);
                await Task.WhenAny(
                    Carry(browser.GetStream(), server.GetStream(), window: null, _ => { }),
                    Carry(server.GetStream(), browser.GetStream(), new CongestionWindow(_roundTrip),
                        count => Interlocked.Add(ref _received, count)));
            }
            catch (Exception torn) when (torn is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed in the middle: both ends are let go.
            }
        }

        _open.TryRemove(browser, out _);
    }

    private async Task Carry(NetworkStream from, NetworkStream to, CongestionWindow? window, Action<int> count)
    {
        var flying = Channel.CreateUnbounded<(byte[] Bytes, long Sent)>();
        await Task.WhenAny(Send(), Deliver());

        async Task Send()
        {
            var buffer = new byte[Segment];
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                count(read);
                await (window?.Admit(read) ?? Task.CompletedTask);
                flying.Writer.TryWrite((buffer[..read], Stopwatch.GetTimestamp()));
            }

            flying.Writer.Complete();
            await flying.Reader.Completion;
        }

        async Task Deliver()
        {
            await foreach (var (bytes, sent) in flying.Reader.ReadAllAsync())
            {
                await Until(sent, _roundTrip / 2);
                await to.WriteAsync(bytes);
            }
        }
    }

    private static Task Until(long since, TimeSpan time) =>
        time - Stopwatch.GetElapsedTime(since) is { Ticks: > 0 } left ? Task.Delay(left) : Task.CompletedTask;

    /// <summary>How much may be on its way unacknowledged: the window grows by what was acknowledged, and is what it was at first after a
    /// pause.</summary>
    private sealed class CongestionWindow(TimeSpan roundTrip)
    {
        private readonly Queue<(int Bytes, long Sent)> _unacknowledged = [];
        private int _size = InitialWindow;
        private int _used;

        public async Task Admit(int bytes)
        {
            while (_unacknowledged.TryPeek(out var oldest)
                && (_used + bytes > _size || Stopwatch.GetElapsedTime(oldest.Sent) >= roundTrip))
            {
                await Until(oldest.Sent, roundTrip);
                _unacknowledged.Dequeue();
                _used -= oldest.Bytes;
                _size += oldest.Bytes;
            }

            _size = _used == 0 ? InitialWindow : _size;
            _unacknowledged.Enqueue((bytes, Stopwatch.GetTimestamp()));
            _used += bytes;
        }
    }
}
