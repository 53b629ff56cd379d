using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace PipelineCrm.Access;

/// <summary>
/// The mark that a browser keeps which was in as somebody before. Whoever guesses at that account from elsewhere slows down strangers,
/// never this browser.
/// </summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("PipelineCrm.KnownBrowsers");

    public string Mark(UserId user) => _seal.Protect(JsonSerializer.Serialize(new Content(user.Value, Guid.NewGuid())));

    /// <summary>The browser's own number where the mark is of this user; else null.</summary>
    public Guid? NumberOf(UserId user, string? mark)
    {
        try
        {
            return mark is not null && JsonSerializer.Deserialize<Content>(_seal.Unprotect(mark)) is { } content
                && content.User == user.Value ? content.Browser : null;
        }
        catch (CryptographicException)
        {
            // Made up, or sealed by keys that are gone: a stranger's.
            return null;
        }
    }

    private sealed record Content(Guid User, Guid Browser);
}
