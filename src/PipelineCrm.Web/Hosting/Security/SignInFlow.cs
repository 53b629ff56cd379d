using Microsoft.AspNetCore.Identity;
using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Web.Hosting;

/// <summary>Signs in and out; only pages that are plain requests come here, because a cookie is set.</summary>
internal sealed class SignInFlow(SignInManager<User> signIn, UserManager<User> users, IPasswordHasher<User> hasher, UseCaseSender sender)
{
    /// <summary>Of a password that nobody knows: what a wrong address costs to check, so that the time tells nothing.</summary>
    private static string? _decoy;

    public async Task<bool> WithPassword(string email, string password, bool remember)
    {
        var user = await users.FindByEmailAsync(email.Trim());
        if (user is null || user.PasswordHash is null || !await signIn.CanSignInAsync(user) || await users.IsLockedOutAsync(user))
        {
            SpendTheSameTime(password);
            return false;
        }

        return (await signIn.PasswordSignInAsync(user, password, remember, lockoutOnFailure: true)).Succeeded;
    }

    /// <summary>After a link or the set-up proved who somebody is.</summary>
    public async Task As(UserId id)
    {
        if (await users.FindByIdAsync(id.ToString()) is { DisabledAt: null } user)
        {
            await signIn.SignInAsync(user, isPersistent: false);
        }
    }

    /// <summary>One click, while the demo is on and for its three users only.</summary>
    public async Task<bool> AsDemo(Role role)
    {
        var setup = await sender.Send(new GetSetupState.Query(), Caller.Anonymous);
        if (setup is not { Ok: true, Value.Demo: true } || await users.FindByEmailAsync(DemoAccounts.EmailOf(role)) is not { DisabledAt: null } user)
        {
            return false;
        }

        await signIn.SignInAsync(user, isPersistent: false);
        return true;
    }

    public Task Out() => signIn.SignOutAsync();

    private void SpendTheSameTime(string password)
    {
        var nobody = new User { DisplayName = "" };
        _decoy ??= hasher.HashPassword(nobody, Guid.NewGuid().ToString());
        hasher.VerifyHashedPassword(nobody, _decoy, password);
    }
}
