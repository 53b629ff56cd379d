namespace PipelineCrm.Access;

/// <summary>A one-time link by which somebody sets their password; the web project knows the address that it begins with.</summary>
/// <param name="Secret">Good once, and until <paramref name="Until"/>.</param>
public sealed record SignInLink(UserId User, LinkPurpose Purpose, string Secret, DateTimeOffset Until) : ISecretResponse
{
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(7);
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(24);

    internal static TimeSpan LifetimeOf(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Invitation => InvitationLifetime,
        LinkPurpose.Reset => ResetLifetime,
    };

    public string PathAndQuery =>
        $"/set-password?user={User}&for={(Purpose == LinkPurpose.Invitation ? "invitation" : "reset")}&secret={Uri.EscapeDataString(Secret)}";
}

/// <summary>What a link is for, which decides how long it is good.</summary>
public enum LinkPurpose
{
    /// <summary>The first password of somebody who was invited.</summary>
    Invitation = 1,

    /// <summary>A new password instead of a lost one.</summary>
    Reset = 2,
}
