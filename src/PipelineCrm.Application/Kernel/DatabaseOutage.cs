using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PipelineCrm.Kernel;

/// <summary>Tells an outage of the database from a bug.</summary>
internal static class DatabaseOutage
{
    public static bool Caused(Exception exception) => exception switch
    {
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53300" } => true,
        PostgresException => false,
        NpgsqlException => true,
        // EF wraps what happened while it saved once more where it takes it for passing.
        DbUpdateException { InnerException: { } inner } => Caused(inner),
        InvalidOperationException { InnerException: (NpgsqlException or DbUpdateException) and { } inner } => Caused(inner),
        System.Net.Sockets.SocketException => true,
        _ => false,
    };
}
