using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Takes an empty team out of the tree.</summary>
public static class DeleteTeam
{
    public sealed record Command(TeamId Id) : IRequest<Done>
    {
        public static Access Access => Access.Admin;
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginAlone(Locks.Rights, ct);
            if (await db.Teams.FirstOrDefaultAsync(t => t.Id == request.Id, ct) is not { } team)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            if (await db.Users.AnyAsync(u => u.TeamId == team.Id, ct) || await db.Teams.AnyAsync(t => t.ParentId == team.Id, ct))
            {
                return new Problem(ProblemCode.Conflict, PeopleProblemText.TeamNotEmpty);
            }

            db.Teams.Remove(team);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Done.It;
        }
    }
}
