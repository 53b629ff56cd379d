using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

public static class CreateTeam
{
    public sealed record Command(string Name, TeamId? Parent = null) : IRequest<TeamId>
    {
        public static Access Access => Access.Admin;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(x => x.Name).Name(Team.NameLength);
    }

    internal sealed class Handler(CrmDbContext db, TimeProvider time) : IHandler<Command, TeamId>
    {
        public async Task<Result<TeamId>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginAlone(Locks.Rights, ct);
            var name = request.Name.Trim();
            if (await TeamNames.IsTaken(db, name, null, ct))
            {
                return Invalid.Field("name", PeopleProblemText.TeamNameTaken);
            }

            if (request.Parent is { } parent && !await db.Teams.AnyAsync(t => t.Id == parent, ct))
            {
                return Invalid.Field("parent", PeopleProblemText.TeamUnknown);
            }

            var team = new Team { Id = TeamId.New(), Name = name, ParentId = request.Parent, CreatedAt = time.GetUtcNow(), Version = 1 };
            db.Teams.Add(team);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return team.Id;
        }
    }
}
