using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>Lets somebody in again, with the password, role and team that they had; their deals stay where they went.</summary>
public static class EnableUser
{
    public sealed record Command(UserId Id) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            if (await db.Users.FirstOrDefaultAsync(u => u.Id == request.Id, ct) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            user.DisabledAt = null;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Unit.Value;
        }
    }
}
