using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Lets somebody in again, with the password, role and team that they had; their deals stay where they went.</summary>
public static class EnableUser
{
    public sealed record Command(UserId Id) : IRequest<Done>
    {
        public static Access Access => Access.Admin;
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginAlone(Locks.Rights, ct);
            if (await db.Users.FirstOrDefaultAsync(u => u.Id == request.Id, ct) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            user.DisabledAt = null;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Done.It;
        }
    }
}
