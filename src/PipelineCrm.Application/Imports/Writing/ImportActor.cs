using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Imports;

/// <summary>Who imports and undoes imports: the one named, else the caller, else the only admin there is.</summary>
internal sealed class ImportActor(CrmDbContext db, ActorLoader actors)
{
    /// <summary>From here on the scope acts as that admin, by channel import.</summary>
    public async Task<Result<UserId>> ActAs(string? email, CancellationToken ct)
    {
        var found = await Find(email, ct);
        if (found.Ok)
        {
            await actors.Load(new Caller(found.Value, Channel.Import), ct);
        }

        return found;
    }

    private async Task<Result<UserId>> Find(string? email, CancellationToken ct)
    {
        if (email is null && actors.Current.Id is { } caller)
        {
            return caller;
        }

        var normalized = email?.Trim().ToUpperInvariant();
        var admins = await db.Users.Where(
            user => user.Role == Role.Admin && user.DisabledAt == null && (normalized == null || user.NormalizedEmail == normalized))
            .OrderBy(user => user.Id).Select(user => user.Id).Take(2).ToListAsync(ct);
        return admins switch
        {
            [var only] => only,
            [] => Refuse(email is null ? ImportMessages.NoAdmin : ImportMessages.NoSuchAdmin(email)),
            _ => Refuse(ImportMessages.SeveralAdmins),
        };
    }

    private static Problem Refuse(string sentence) => ValidationProblem.ForField("as", sentence) with { Message = sentence };
}
