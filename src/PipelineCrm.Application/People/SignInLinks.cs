using Microsoft.AspNetCore.Identity;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.People;

/// <summary>Makes and reads the secrets of one-time links. A secret dies with its user's next password, because it holds the security stamp.</summary>
internal sealed class SignInLinks(UserManager<User> users, TimeProvider time)
{
    private const string InvitationPurpose = "invitation";
    private const string ResetPurpose = "reset";

    /// <summary>An invitation for somebody who has no password yet, else a link for a new one.</summary>
    public async Task<SignInLink> For(User user)
    {
        var purpose = user.PasswordHash is null ? LinkPurpose.Invitation : LinkPurpose.Reset;
        var (provider, name) = Of(purpose);
        var secret = await users.GenerateUserTokenAsync(user, provider, name);
        return new SignInLink(user.Id, purpose, secret, time.GetUtcNow() + Lifetime(purpose));
    }

    public Task<bool> Opens(User user, LinkPurpose purpose, string secret)
    {
        var (provider, name) = Of(purpose);
        return users.VerifyUserTokenAsync(user, provider, name, secret);
    }

    private static (string Provider, string Name) Of(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Invitation => (InvitationTokens.Name, InvitationPurpose),
        LinkPurpose.Reset => (TokenOptions.DefaultProvider, ResetPurpose),
    };

    private static TimeSpan Lifetime(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Invitation => SignInLink.InvitationLifetime,
        LinkPurpose.Reset => SignInLink.ResetLifetime,
    };
}
