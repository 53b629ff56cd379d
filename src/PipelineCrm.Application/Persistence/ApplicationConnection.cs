using Npgsql;

namespace PipelineCrm.Persistence;

/// <summary>
/// How the application's requests connect: what a connection sends again and again, the server parses and plans once, and a connection
/// goes back to the pool as it is, since nobody leaves anything in a session: settings and locks end with their transaction, temporary tables
/// are dropped by who made them. Who sets either otherwise (e.g. behind a pooler that knows no prepared statements) is heard.
/// </summary>
internal sealed class ApplicationConnection(string given)
{
    private const string Prepare = "Max Auto Prepare";
    private const string NoReset = "No Reset On Close";

    /// <summary>More than the application has different statements.</summary>
    private const int Statements = 100;

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

        return builder.ConnectionString;
    }
}
