using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Secrets of one-time links: sealed by the server's keys, good for a time that depends on their purpose. Identity's own read no
/// clock but the machine's.</summary>
internal sealed class SignInTokenProvider(IDataProtectionProvider protection, TimeProvider time) : IUserTwoFactorTokenProvider<User>
{
    public const string Name = "Link";

    private readonly IDataProtector _seal = protection.CreateProtector("PipelineCrm.LinkTokens");

    public async Task<string> GenerateAsync(string purpose, UserManager<User> manager, User user) =>
        _seal.Protect(
            JsonSerializer.Serialize(new Content(purpose, user.Id.Value, await manager.GetSecurityStampAsync(user), time.GetUtcNow())));

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<User> manager, User user) =>
        Open(token) is { } content
        && content.Purpose == purpose && content.User == user.Id.Value && content.Stamp == await manager.GetSecurityStampAsync(user)
        && Enum.TryParse<LinkPurpose>(purpose, out var known) && time.GetUtcNow() <= content.Made + SignInLink.LifetimeOf(known);

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<User> manager, User user) => Task.FromResult(false);

    private Content? Open(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(_seal.Unprotect(token));
        }
        catch (CryptographicException)
        {
            // Guessed, damaged, or sealed by keys that are gone: good for nothing.
            return null;
        }
    }

    /// <param name="Stamp">The security stamp: it changes with the password, and the secret dies with it.</param>
    private sealed record Content(string Purpose, Guid User, string Stamp, DateTimeOffset Made);
}
