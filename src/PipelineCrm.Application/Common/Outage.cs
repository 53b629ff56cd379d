using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Texts;

namespace PipelineCrm.Common;

/// <summary>Why the database could not do what it was asked, though nothing is wrong with what it was asked.</summary>
internal enum OutageKind
{
    /// <summary>It cannot be reached, or the connection broke.</summary>
    Away,

    /// <summary>It has no room left on its disk.</summary>
    StorageFull,

    /// <summary>It takes no changes, e.g. a standby.</summary>
    ReadOnly,

    /// <summary>It ran out of time, of connections or of memory, or somebody else held what was needed. Nothing was changed.</summary>
    Busy,
}

/// <summary>Tells an outage of the database from a bug.</summary>
internal static class Outage
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    private static readonly Dictionary<string, OutageKind> Kinds = new()
    {
        [PostgresErrorCodes.DiskFull] = OutageKind.StorageFull,
        [PostgresErrorCodes.ReadOnlySqlTransaction] = OutageKind.ReadOnly,
        [PostgresErrorCodes.LockNotAvailable] = OutageKind.Busy,
        // Of a statement that took too long: who gives up by themselves gets no PostgresException.
        [PostgresErrorCodes.QueryCanceled] = OutageKind.Busy,
        [IdleInTransactionSessionTimeout] = OutageKind.Busy,
        [PostgresErrorCodes.InsufficientResources] = OutageKind.Busy,
        [PostgresErrorCodes.OutOfMemory] = OutageKind.Busy,
        [PostgresErrorCodes.TooManyConnections] = OutageKind.Busy,
        [PostgresErrorCodes.ConfigurationLimitExceeded] = OutageKind.Busy,
        [PostgresErrorCodes.AdminShutdown] = OutageKind.Away,
        [PostgresErrorCodes.CrashShutdown] = OutageKind.Away,
        [PostgresErrorCodes.CannotConnectNow] = OutageKind.Away,
        // While a restored database takes the place of this one.
        [PostgresErrorCodes.InvalidCatalogName] = OutageKind.Away,
        [PostgresErrorCodes.ObjectInUse] = OutageKind.Away,
        [PostgresErrorCodes.IoError] = OutageKind.Away,
    };

    /// <summary>
    /// Whether what was asked may have been done all the same: the connection broke, or the server put it out, before it was answered. Where the
    /// server refused, nothing was done.
    /// </summary>
    public static bool LeavesUnknown(Exception exception) => exception switch
    {
        PostgresException told => told.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        DbUpdateException { InnerException: { } inner } => LeavesUnknown(inner),
        InvalidOperationException { InnerException: (NpgsqlException or DbUpdateException) and { } inner } => LeavesUnknown(inner),
        _ => Of(exception) == OutageKind.Away,
    };

    public static bool Is(Exception exception) => Of(exception) is not null;

    /// <summary>Null: a bug.</summary>
    public static OutageKind? Of(Exception exception) => exception switch
    {
        PostgresException told => Kinds.TryGetValue(told.SqlState, out var kind) ? kind : null,
        NpgsqlException => OutageKind.Away,
        // EF wraps what happened while it saved once more where it takes it for passing.
        DbUpdateException { InnerException: { } inner } => Of(inner),
        InvalidOperationException { InnerException: (NpgsqlException or DbUpdateException) and { } inner } => Of(inner),
        System.Net.Sockets.SocketException => OutageKind.Away,
        _ => null,
    };

    /// <summary>What the person is told.</summary>
    public static Problem Problem(OutageKind kind) => kind switch
    {
        OutageKind.StorageFull => new(ProblemCode.StorageFull, ProblemText.StorageFull),
        OutageKind.ReadOnly => new(ProblemCode.Unavailable, ProblemText.ReadOnly),
        OutageKind.Busy => new(ProblemCode.Unavailable, ProblemText.Busy),
        _ => new(ProblemCode.Unavailable, ProblemText.Unavailable),
    };
}
