namespace PipelineCrm.Access;

/// <summary>Names of the claims that are this product's own.</summary>
public static class SessionClaim
{
    /// <summary>The sign-in that a browser's principal belongs to.</summary>
    public const string Session = "session";

    /// <summary>The network address that this request or circuit came from; never in a cookie.</summary>
    public const string From = "from";

    /// <summary>The scheme and host that this request or circuit was sent to; never in a cookie.</summary>
    public const string Site = "site";

    public const string Language = "lang";
    public const string Theme = "theme";

    /// <summary>The user's own time zone; missing where the organisation's is used.</summary>
    public const string TimeZone = "zone";
}
