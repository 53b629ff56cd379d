using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.People;

/// <summary>What somebody got in by until their password changed.</summary>
internal sealed class WaysIn(CrmDbContext db, TimeProvider time)
{
    /// <summary>Ends a user's sessions and API tokens; the one that is kept goes on under the user's present security stamp.</summary>
    public async Task Close(User user, SessionId? keep, CancellationToken ct)
    {
        var (id, stamp, now) = (user.Id, user.SecurityStamp ?? "", time.GetUtcNow());
        await db.Sessions.Where(session => session.UserId == id && session.Id != keep).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(session => session.Id == keep).ExecuteUpdateAsync(session => session.SetProperty(s => s.Stamp, stamp), ct);
        foreach (var token in await db.ApiTokens.Where(token => token.UserId == id && token.RevokedAt == null).ToListAsync(ct))
        {
            token.RevokedAt = now;
        }

        await db.SaveChangesAsync(ct);
    }
}
