using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>Takes an empty team out of the tree.</summary>
public static class DeleteTeam
{
    public sealed record Command(TeamId Id) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            if (await db.Teams.FirstOrDefaultAsync(t => t.Id == request.Id, ct) is not { } team)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (await db.Users.AnyAsync(u => u.TeamId == team.Id, ct) || await db.Teams.AnyAsync(t => t.ParentId == team.Id, ct))
            {
                return new Problem(ProblemCode.Conflict, AccessMessages.TeamNotEmpty);
            }

            db.Teams.Remove(team);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Unit.Value;
        }
    }
}
