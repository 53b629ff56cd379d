using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

public static class CreateTeam
{
    public sealed record Command(string Name, TeamId? Parent = null) : IRequest<TeamId>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(x => x.Name).Name(Team.NameLength);
    }

    internal sealed class Handler(CrmDbContext db, TimeProvider time) : IHandler<Command, TeamId>
    {
        public async Task<Result<TeamId>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            var name = request.Name.Trim();
            if (await TeamNames.IsTaken(db, name, null, ct))
            {
                return ValidationProblem.ForField("name", AccessMessages.TeamNameTaken);
            }

            if (request.Parent is { } parent && !await db.Teams.AnyAsync(t => t.Id == parent, ct))
            {
                return ValidationProblem.ForField("parent", AccessMessages.TeamUnknown);
            }

            var team = new Team { Id = TeamId.New(), Name = name, ParentId = request.Parent, CreatedAt = time.GetUtcNow(), Version = 1 };
            db.Teams.Add(team);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return team.Id;
        }
    }
}
