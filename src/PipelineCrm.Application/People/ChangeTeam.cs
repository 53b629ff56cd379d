using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>What a team is called and where in the tree it stands.</summary>
public static class ChangeTeam
{
    public sealed record Command(TeamId Id, string Name, TeamId? Parent, long Version) : IRequest<Done>
    {
        public static Access Access => Access.Admin;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(x => x.Name).Name(Team.NameLength);
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

            if (team.Version != request.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemText.Conflict);
            }

            if (await Mistake(request, ct) is { } mistake)
            {
                return mistake;
            }

            team.Name = request.Name.Trim();
            team.ParentId = request.Parent;
            team.Version++;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Done.It;
        }

        private async Task<Problem?> Mistake(Command request, CancellationToken ct)
        {
            if (await TeamNames.IsTaken(db, request.Name.Trim(), request.Id, ct))
            {
                return Invalid.Field("name", PeopleProblemText.TeamNameTaken);
            }

            var parents = await db.Teams.ToDictionaryAsync(t => t.Id, t => t.ParentId, ct);
            if (request.Parent is { } parent && !parents.ContainsKey(parent))
            {
                return Invalid.Field("parent", PeopleProblemText.TeamUnknown);
            }

            for (var above = request.Parent; above is { } team; above = parents[team])
            {
                if (team == request.Id)
                {
                    return Invalid.Field("parent", PeopleProblemText.TeamCycle);
                }
            }

            return null;
        }
    }
}
