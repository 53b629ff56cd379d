using Npgsql;

namespace PipelineCrm.Persistence;

/// <summary>
/// How the application's requests connect: what a connection sends again and again, the server parses and plans once, and a connection
/// goes back to the pool as it is, since nobody leaves anything in a session: settings and locks end with their transaction, temporary
/// tables are dropped by who made them. Who sets either otherwise (e.g. behind a pooler that knows no prepared statements) is heard.
/// Nobody waits for ever: for a lock, for an answer, or for somebody who holds a lock and is not heard of any more.
/// </summary>
internal sealed class ApplicationConnection(string given)
{
    private const string Prepare = "Max Auto Prepare";
    private const string NoReset = "No Reset On Close";

    /// <summary>More than the application has different statements.</summary>
    private const int Statements = 100;

    /// <summary>
    /// Who is silent within a transaction is put out before those who wait for its locks give up, and those before their statement is
    /// cancelled. What takes longer says so for its own transaction (<see cref="LongRunningWork"/>). Keepalives tell the server of a client
    /// whose machine is gone.
    /// </summary>
    private const string Limits =
        "-c idle_in_transaction_session_timeout=10s -c lock_timeout=15s -c statement_timeout=30s "
        + "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=30s";

    /// <summary>Seconds after which a silent server is asked whether it is there, and between two such questions.</summary>
    private const int KeepAlive = 10;
    private const int KeepAliveAgain = 5;

    public string ConnectionString { get; } = Complete(new NpgsqlConnectionStringBuilder(given));

    private static string Complete(NpgsqlConnectionStringBuilder builder)
    {
        if (!builder.ShouldSerialize(Prepare))
        {
            builder.MaxAutoPrepare = Statements;
        }

        if (!builder.ShouldSerialize(NoReset))
        {
            builder.NoResetOnClose = true;
        }

        if (!builder.ShouldSerialize("Tcp Keepalive"))
        {
            (builder.TcpKeepAlive, builder.TcpKeepAliveTime, builder.TcpKeepAliveInterval) = (true, KeepAlive, KeepAliveAgain);
        }

        // Of two settings of one name the later counts.
        builder.Options = $"{Limits} {builder.Options}".TrimEnd();
        return builder.ConnectionString;
    }
}
