using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;

namespace PipelineCrm.Access;

internal static class TeamNames
{
    /// <summary>Whether another team is called so, small and capital letters being the same, as the database's index has it.</summary>
    public static Task<bool> IsTaken(CrmDbContext db, string name, TeamId? but, CancellationToken ct) =>
        db.Teams.FromSql($"select * from teams where lower(name) = lower({name})").AnyAsync(team => team.Id != but, ct);
}
