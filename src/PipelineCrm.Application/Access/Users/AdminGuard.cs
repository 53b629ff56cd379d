using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Access;

internal static class AdminGuard
{
    /// <summary>Whether nobody else could sign in as an admin; asked under the rights lock.</summary>
    public static async Task<bool> IsLastAdmin(CrmDbContext db, UserId user, CancellationToken ct) =>
        !await db.Users.AnyAsync(
            other => other.Id != user && other.Role == Role.Admin && other.DisabledAt == null && other.PasswordHash != null, ct);
}
