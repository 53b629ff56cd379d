namespace PipelineCrm.UseCases;

/// <summary>Which roles may send a request at all; ownership is checked in the query's predicate.</summary>
public enum AccessLevel
{
    /// <summary>Also without signing in (set-up, sign-in links).</summary>
    Anyone = 0,

    /// <summary>Every signed-in, enabled user, viewers included.</summary>
    SignedIn = 1,

    /// <summary>Rep, manager or admin.</summary>
    Writer = 2,

    Manager = 3,

    /// <summary>Admins, and the console.</summary>
    Admin = 4,
}
