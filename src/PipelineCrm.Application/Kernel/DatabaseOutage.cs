using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Localization;

namespace PipelineCrm.Kernel;

/// <summary>Tells an outage of the database from a bug.</summary>
internal static class DatabaseOutage
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    private static readonly Dictionary<string, DatabaseOutageKind> Kinds = new()
    {
        [PostgresErrorCodes.DiskFull] = DatabaseOutageKind.StorageFull,
        [PostgresErrorCodes.ReadOnlySqlTransaction] = DatabaseOutageKind.ReadOnly,
        [PostgresErrorCodes.LockNotAvailable] = DatabaseOutageKind.Busy,
        // Of a statement that took too long: who gives up by themselves gets no PostgresException.
        [PostgresErrorCodes.QueryCanceled] = DatabaseOutageKind.Busy,
        [IdleInTransactionSessionTimeout] = DatabaseOutageKind.Busy,
        [PostgresErrorCodes.InsufficientResources] = DatabaseOutageKind.Busy,
        [PostgresErrorCodes.OutOfMemory] = DatabaseOutageKind.Busy,
        [PostgresErrorCodes.TooManyConnections] = DatabaseOutageKind.Busy,
        [PostgresErrorCodes.ConfigurationLimitExceeded] = DatabaseOutageKind.Busy,
        [PostgresErrorCodes.AdminShutdown] = DatabaseOutageKind.Away,
        [PostgresErrorCodes.CrashShutdown] = DatabaseOutageKind.Away,
        [PostgresErrorCodes.CannotConnectNow] = DatabaseOutageKind.Away,
        // While a restored database takes the place of this one.
        [PostgresErrorCodes.InvalidCatalogName] = DatabaseOutageKind.Away,
        [PostgresErrorCodes.ObjectInUse] = DatabaseOutageKind.Away,
        [PostgresErrorCodes.IoError] = DatabaseOutageKind.Away,
    };

    /// <summary>
    /// Whether what was asked may have been done all the same: the connection broke, or the server put it out, before it was answered.
    /// Where the server refused, nothing was done.
    /// </summary>
    public static bool LeavesUnknown(Exception exception) => exception switch
    {
        PostgresException told => told.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        DbUpdateException { InnerException: { } inner } => LeavesUnknown(inner),
        InvalidOperationException { InnerException: (NpgsqlException or DbUpdateException) and { } inner } => LeavesUnknown(inner),
        _ => Of(exception) == DatabaseOutageKind.Away,
    };

    public static bool Caused(Exception exception) => Of(exception) is not null;

    /// <summary>Null: a bug.</summary>
    public static DatabaseOutageKind? Of(Exception exception) => exception switch
    {
        PostgresException told => Kinds.TryGetValue(told.SqlState, out var kind) ? kind : null,
        NpgsqlException => DatabaseOutageKind.Away,
        // EF wraps what happened while it saved once more where it takes it for passing.
        DbUpdateException { InnerException: { } inner } => Of(inner),
        InvalidOperationException { InnerException: (NpgsqlException or DbUpdateException) and { } inner } => Of(inner),
        System.Net.Sockets.SocketException => DatabaseOutageKind.Away,
        _ => null,
    };

    /// <summary>What the person is told.</summary>
    public static Problem Problem(DatabaseOutageKind kind) => kind switch
    {
        DatabaseOutageKind.StorageFull => new(ProblemCode.StorageFull, ProblemMessages.StorageFull),
        DatabaseOutageKind.ReadOnly => new(ProblemCode.Unavailable, ProblemMessages.ReadOnly),
        DatabaseOutageKind.Busy => new(ProblemCode.Unavailable, ProblemMessages.Busy),
        _ => new(ProblemCode.Unavailable, ProblemMessages.Unavailable),
    };
}
