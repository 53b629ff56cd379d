using Npgsql;

namespace PipelineCrm.Persistence;

/// <summary>
/// How the application's requests connect: what a connection sends again and again, the server parses and plans once.
/// Who sets it otherwise (e.g. behind a pooler that knows no prepared statements) is heard.
/// </summary>
internal sealed class PreparedConnections(string given)
{
    private const string Setting = "Max Auto Prepare";

    /// <summary>More than the application has different statements.</summary>
    private const int Statements = 100;

    public string ConnectionString { get; } = Complete(new NpgsqlConnectionStringBuilder(given));

    private static string Complete(NpgsqlConnectionStringBuilder builder)
    {
        if (!builder.ShouldSerialize(Setting))
        {
            builder.MaxAutoPrepare = Statements;
        }

        return builder.ConnectionString;
    }
}
