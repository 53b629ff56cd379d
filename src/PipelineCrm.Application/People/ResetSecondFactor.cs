using Microsoft.AspNetCore.Identity;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>For somebody who lost their authenticator and its recovery codes: the password alone lets them in again. Their sessions end.</summary>
public static class ResetSecondFactor
{
    public sealed record Command(UserId Id) : IRequest<Done>
    {
        public static Access Access => Access.Admin;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ActorSource actors, WaysIn ways, SecurityLog log) : IHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken ct)
        {
            if (await users.FindByIdAsync(request.Id.ToString()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await ways.WithoutSecondFactor(user, keep: null, ct);
            await transaction.CommitAsync(ct);
            log.Changed("second factor off", user.Id, actors.Current);
            return Done.It;
        }
    }
}
