using PipelineCrm.Domain;

namespace PipelineCrm.UseCases;

/// <summary>Who calls a use case, as the outside knows it; rights are read anew from the database at each call.</summary>
/// <param name="User">Null for somebody who is not signed in.</param>
public readonly record struct Caller(UserId? User, Channel Channel)
{
    public static readonly Caller Anonymous = new(null, Channel.Page);

    /// <summary>The sign-in that a browser's request belongs to; once it is ended its caller is nobody. Null for programs and the
    /// console.</summary>
    public SessionId? Session { get; init; }

    /// <summary>The network address that the request came from, for limits and the security log; null where there is none.</summary>
    public string? From { get; init; }

    /// <summary>The scheme and host that the request was sent to, after the proxies that are trusted, e.g. https://crm.example; null where
    /// there is no request.</summary>
    public string? Site { get; init; }

    /// <summary>The command line of the machine that holds the data: may do what an admin may, under no user's name.</summary>
    public static readonly Caller Console = new(null, Channel.Command);
}
