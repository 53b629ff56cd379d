using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>The second factor of a sign-in: a code of six digits from an authenticator (RFC 6238), or one of the codes kept for a lost
/// one.</summary>
internal sealed class SecondFactorVerifier(UserManager<User> users, ActorLoader actors, AttemptThrottle throttle,
    IDataProtectionProvider protection, TimeProvider time, SecurityLog log)
{
    public const int RecoveryCodes = 10;

    private const int Digits = 6;
    private const string Own = "PipelineCrm";
    private const string LastCode = "last-code";

    private static readonly TimeSpan TicketIsGoodFor = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _seal = protection.CreateProtector("PipelineCrm.SecondFactor");

    /// <summary>Null where the code is right; one that was used is not, a second time.</summary>
    public async Task<Problem?> Refuse(User user, string code)
    {
        var key = $"code {user.Id}";
        if (throttle.Enter((key, AttemptThrottle.Pair)) is { } wait)
        {
            log.Slowed("second factor", actors.Current, wait);
            return AttemptThrottle.TooMany(wait);
        }

        if (!await IsRight(user, string.Concat(code.Where(char.IsLetterOrDigit))))
        {
            log.SignInFailed(user.Id, actors.Current, "wrong code");
            return ValidationProblem.ForField("code", AccessMessages.CodeWrong);
        }

        throttle.TakeBack(key);
        return null;
    }

    /// <summary>Shows that the first factor was proved, until the second is.</summary>
    public SecondFactorTicket Ticket(User user, string way, bool remember) =>
        new(_seal.Protect(JsonSerializer.Serialize(new Content(user.Id.Value, user.SecurityStamp ?? "", way, remember, time.GetUtcNow()))));

    /// <summary>Null where it is none, is of before the user's security stamp changed, or has waited too long.</summary>
    public async Task<(User User, string Way, bool Remember)?> Open(string ticket)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(_seal.Unprotect(ticket)) is { } content
                && time.GetUtcNow() - content.Made < TicketIsGoodFor
                && await users.FindByIdAsync(content.User.ToString()) is { DisabledAt: null } user && user.SecurityStamp == content.Stamp
                ? (user, content.Way, content.Remember)
                : null;
        }
        catch (CryptographicException)
        {
            // Made up, or sealed by keys that are gone.
            return null;
        }
    }

    private async Task<bool> IsRight(User user, string code)
    {
        if (code.Length != Digits || !code.All(char.IsAsciiDigit))
        {
            return (await users.RedeemTwoFactorRecoveryCodeAsync(user, Recovery(code))).Succeeded;
        }

        if (await users.GetAuthenticationTokenAsync(user, Own, LastCode) == code
            || !await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code))
        {
            return false;
        }

        return (await users.SetAuthenticationTokenAsync(user, Own, LastCode, code)).Succeeded;
    }

    /// <summary>As Identity makes them: two groups of five, in capitals.</summary>
    private static string Recovery(string code) => code.Length == 10 ? $"{code[..5]}-{code[5..]}".ToUpper(CultureInfo.InvariantCulture)
        : code;

    private sealed record Content(Guid User, string Stamp, string Way, bool Remember, DateTimeOffset Made);
}

/// <summary>What the browser keeps between the first and the second factor.</summary>
public sealed record SecondFactorTicket(string Sealed);
