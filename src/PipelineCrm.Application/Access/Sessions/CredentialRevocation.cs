using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>What somebody got in by until their password or second factor changed. Whoever calls has a transaction open.</summary>
internal sealed class CredentialRevocation(CrmDbContext db, UserManager<User> users, TimeProvider time)
{
    /// <summary>Ends a user's sessions and API tokens, and takes their passkeys away: who had the password could have made any of
    /// them.</summary>
    /// <param name="keep">The session that goes on, under the user's present security stamp.</param>
    public async Task Close(User user, SessionId? keep, CancellationToken ct)
    {
        await CloseSessions(user, keep, ct);
        var (id, now) = (user.Id, time.GetUtcNow());
        foreach (var token in await db.ApiTokens.Where(token => token.UserId == id && token.RevokedAt == null).ToListAsync(ct))
        {
            token.RevokedAt = now;
        }

        await db.SaveChangesAsync(ct);
        await db.UserPasskeys.Where(passkey => passkey.UserId == id).ExecuteDeleteAsync(ct);
    }

    public async Task CloseSessions(User user, SessionId? keep, CancellationToken ct)
    {
        var (id, stamp) = (user.Id, user.SecurityStamp ?? "");
        await db.Sessions.Where(session => session.UserId == id && session.Id != keep).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(session => session.Id == keep).ExecuteUpdateAsync(session => session.SetProperty(s => s.Stamp, stamp), ct);
    }

    /// <summary>Takes the sessions along to the user's present security stamp.</summary>
    /// <param name="before">The stamp that they hold under until now.</param>
    public Task Carry(User user, string? before, CancellationToken ct)
    {
        var (id, stamp) = (user.Id, user.SecurityStamp ?? "");
        return db.Sessions.Where(session => session.UserId == id && session.Stamp == before)
            .ExecuteUpdateAsync(session => session.SetProperty(s => s.Stamp, stamp), ct);
    }

    /// <summary>The password alone lets in again.</summary>
    public async Task WithoutSecondFactor(User user, SessionId? keep, CancellationToken ct)
    {
        await users.SetTwoFactorEnabledAsync(user, false);
        await users.ResetAuthenticatorKeyAsync(user);
        await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 0);
        await CloseSessions(user, keep, ct);
    }
}
