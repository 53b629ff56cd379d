using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>What a team is called and where in the tree it stands.</summary>
public static class ChangeTeam
{
    public sealed record Command(TeamId Id, string Name, TeamId? Parent, long Version) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(x => x.Name).Name(Team.NameLength);
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

            if (team.Version != request.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict);
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
            return Unit.Value;
        }

        private async Task<Problem?> Mistake(Command request, CancellationToken ct)
        {
            if (await TeamNames.IsTaken(db, request.Name.Trim(), request.Id, ct))
            {
                return ValidationProblem.ForField("name", AccessMessages.TeamNameTaken);
            }

            var parents = await db.Teams.ToDictionaryAsync(t => t.Id, t => t.ParentId, ct);
            if (request.Parent is { } parent && !parents.ContainsKey(parent))
            {
                return ValidationProblem.ForField("parent", AccessMessages.TeamUnknown);
            }

            for (var above = request.Parent; above is { } team; above = parents[team])
            {
                if (team == request.Id)
                {
                    return ValidationProblem.ForField("parent", AccessMessages.TeamCycle);
                }
            }

            return null;
        }
    }
}
