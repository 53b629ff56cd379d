using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace PipelineCrm.TestSupport;

/// <summary>
/// The line between the application and its database. It can be told to break between a commit and its answer: the server has
/// committed what the application never hears of.
/// </summary>
public sealed class PostgresLine : IAsyncDisposable
{
    private static readonly byte[] Committed = Encoding.ASCII.GetBytes("COMMIT\0");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _open = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private byte[]? _awaited;
    private volatile bool _down;

    public PostgresLine(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        (_host, _port) = (server.Host!, server.Port);
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>How many commits were made of which nobody was told.</summary>
    public int Swallowed { get; private set; }

    /// <summary>The same database at this end of the line.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable
        }.ConnectionString;

    /// <summary>The next transaction that sends this text is committed, and its answer lost; nobody connects until
    /// <see cref="Mend"/>.</summary>
    public void BreakAfterCommitOf(string text) => _awaited = Encoding.UTF8.GetBytes(text);

    public void Mend()
    {
        _awaited = null;
        _down = false;
    }

    public async ValueTask DisposeAsync()
    {
        Break();
        _listener.Dispose();
        await _accepting;
    }

    private void Break()
    {
        _down = true;
        foreach (var (application, server) in _open)
        {
            application.Dispose();
            server.Dispose();
        }
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
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Pass(TcpClient application)
    {
        using var both = application;
        if (_down)
        {
            return;
        }

        try
        {
            using var server = await Connect();
            _open.TryAdd(application, server);
            var said = new Said();
            await Task.WhenAny(Ask(application, server, said), Answer(server, application, said));
        }
        catch (Exception torn) when (torn is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Broken in the middle: both ends are let go.
        }

        _open.TryRemove(application, out _);
    }

    private async Task<TcpClient> Connect()
    {
        if (!_host.StartsWith('/'))
        {
            var tcp = new TcpClient();
            await tcp.ConnectAsync(_host, _port);
            return tcp;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_host, $".s.PGSQL.{_port}")));
        return new TcpClient { Client = socket };
    }

    private async Task Ask(TcpClient from, TcpClient to, Said said)
    {
        var buffer = new byte[1 << 16];
        var (asking, asked) = (new NetworkStream(from.Client), new NetworkStream(to.Client));
        for (int read; (read = await asking.ReadAsync(buffer)) > 0;)
        {
            said.It |= _awaited is { } awaited && buffer.AsSpan(0, read).IndexOf(awaited) >= 0;
            await asked.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private async Task Answer(TcpClient from, TcpClient to, Said said)
    {
        var buffer = new byte[1 << 16];
        var (answering, answered) = (new NetworkStream(from.Client), new NetworkStream(to.Client));
        for (int read; (read = await answering.ReadAsync(buffer)) > 0;)
        {
            if (said.It && buffer.AsSpan(0, read).IndexOf(Committed) >= 0)
            {
                Swallowed++;
                Break();
                return;
            }

            await answered.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private sealed class Said
    {
        public volatile bool It;
    }
}
