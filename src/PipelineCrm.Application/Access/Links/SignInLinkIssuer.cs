using Microsoft.AspNetCore.Identity;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Makes and reads the secrets of one-time links. A secret dies with its user's next password, because it holds the security
/// stamp.</summary>
internal sealed class SignInLinkIssuer(UserManager<User> users, TimeProvider time)
{
    /// <summary>An invitation for somebody who has no password yet, else a link for a new one.</summary>
    public async Task<SignInLink> Issue(User user)
    {
        var purpose = user.PasswordHash is null ? LinkPurpose.Invitation : LinkPurpose.Reset;
        var until = time.GetUtcNow() + SignInLink.LifetimeOf(purpose);
        return new SignInLink(user.Id, purpose, await users.GenerateUserTokenAsync(user, SignInTokenProvider.Name, purpose.ToString()),
            until);
    }

    public Task<bool> IsValid(User user, LinkPurpose purpose,
        string secret) => users.VerifyUserTokenAsync(user, SignInTokenProvider.Name, purpose.ToString(), secret);
}
