namespace PipelineCrm.Persistence.Entities;

/// <summary>A sign-in of one browser. It holds while its row stands, its user is enabled, and their security stamp is the one it began
/// with.</summary>
internal sealed class UserSession
{
    /// <summary>One that nobody used for so long is over; the cookie lives as long.</summary>
    public static readonly TimeSpan Unused = TimeSpan.FromDays(14);

    public const int NameLength = 40;

    public SessionId Id { get; init; }
    public UserId UserId { get; init; }
    public required string Stamp { get; set; }

    /// <summary>The browser's name, e.g. Firefox; empty where it did not say. No address is kept.</summary>
    public required string Browser { get; init; }

    /// <summary>The operating system's name, e.g. Windows.</summary>
    public required string System { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset SeenAt { get; set; }
}
