using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>
/// Challenges to authenticators and what they answer (WebAuthn), checked by ASP.NET Core Identity against the site that the request was
/// sent to. Between the two the browser keeps a sealed ticket; a challenge is answered once.
/// </summary>
internal sealed class PasskeyVerifier(IPasskeyHandler<User> handler, UserManager<User> users, CrmDbContext db, ActorLoader actors,
    IDataProtectionProvider protection, TimeProvider time)
{
    private const string Adding = "add";
    private const string SigningIn = "sign in";

    private static readonly TimeSpan TicketIsGoodFor = TimeSpan.FromMinutes(5);

    /// <summary>Who came in so lately is taken for themselves without being asked for their password again.</summary>
    private static readonly TimeSpan LatelySignedIn = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _seal = protection.CreateProtector("PipelineCrm.Passkeys");

    /// <summary>The site as the handler asks for it. A page's circuit has no request of its own.</summary>
    private DefaultHttpContext Site
    {
        get
        {
            var site = actors.Current.Site ?? throw new InvalidOperationException("A passkey is of a site, and this caller has none.");
            var authority = site.IndexOf(Uri.SchemeDelimiter, StringComparison.Ordinal);
            return new()
            {
                Request = { Scheme = site[..authority], Host = new HostString(site[(authority + Uri.SchemeDelimiter.Length)..]) },
            };
        }
    }

    public Task<bool> SignedInLately(CancellationToken ct)
    {
        var since = time.GetUtcNow() - LatelySignedIn;
        return db.Sessions.AnyAsync(session => session.Id == actors.Current.Session && session.CreatedAt > since, ct);
    }

    public async Task<PasskeyChallenge> ToAdd(User user, string name)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new() { Id = user.Id.ToString(), Name = user.Email ?? user.DisplayName, DisplayName = user.DisplayName }, Site);
        return new(made.CreationOptionsJson, Seal(Adding, made.AttestationState, name));
    }

    /// <summary>Nobody is named: the authenticator offers the passkeys that it has for the site.</summary>
    public async Task<PasskeyChallenge> ToSignIn()
    {
        var made = await handler.MakeRequestOptionsAsync(null, Site);
        return new(made.RequestOptionsJson, Seal(SigningIn, made.AssertionState, name: null));
    }

    /// <summary>The new passkey under its name; null where the authenticator answered something else than it was asked, or too
    /// late.</summary>
    public async Task<UserPasskeyInfo?> Added(User user, string ticket, string credential)
    {
        if (Open(Adding, ticket) is not { } challenge)
        {
            return null;
        }

        var attested = await handler.PerformAttestationAsync(
            new() { HttpContext = Site, CredentialJson = credential, AttestationState = challenge.State });
        if (!attested.Succeeded || attested.UserEntity.Id != user.Id.ToString())
        {
            return null;
        }

        attested.Passkey.Name = challenge.Name;
        return attested.Passkey;
    }

    /// <summary>Whose passkey answered; null where none did that is good, or where it answered that challenge before.</summary>
    public async Task<User?> SignedIn(string ticket, string credential, CancellationToken ct)
    {
        if (Open(SigningIn, ticket) is not { } challenge)
        {
            return null;
        }

        var asserted = await handler.PerformAssertionAsync(
            new() { HttpContext = Site, CredentialJson = credential, AssertionState = challenge.State });
        if (!asserted.Succeeded || asserted.User.DisabledAt is not null)
        {
            return null;
        }

        await using var transaction = await db.Begin(ct);
        var (id, made) = (asserted.Passkey.CredentialId, challenge.Made);
        var first = await db.UserPasskeys
            .Where(passkey => passkey.CredentialId == id && (passkey.LastUsedAt == null || passkey.LastUsedAt < made))
            .ExecuteUpdateAsync(passkey => passkey.SetProperty(one => one.LastUsedAt, made), ct);
        if (first == 0 || await users.AddOrUpdatePasskeyAsync(asserted.User, asserted.Passkey) is { Succeeded: false })
        {
            return null;
        }

        await transaction.CommitAsync(ct);
        return asserted.User;
    }

    private string Seal(string purpose, string? state, string? name) =>
        _seal.Protect(JsonSerializer.Serialize(
            new Content(purpose, state ?? "", name, DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()))));

    private Content? Open(string purpose, string ticket)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(_seal.Unprotect(ticket)) is { } content && content.Purpose == purpose
                && time.GetUtcNow() - content.Made < TicketIsGoodFor ? content : null;
        }
        catch (CryptographicException)
        {
            // Made up, or sealed by keys that are gone.
            return null;
        }
    }

    /// <param name="Made">To the millisecond, as the database keeps it, too.</param>
    private sealed record Content(string Purpose, string State, string? Name, DateTimeOffset Made);
}

/// <param name="Options">For the browser's own script, as JSON.</param>
/// <param name="Ticket">To be given back with the authenticator's answer.</param>
public sealed record PasskeyChallenge(string Options, string Ticket);
