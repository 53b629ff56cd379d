using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>Lets somebody in no more, from the next request on; their open deals go to whoever takes over.</summary>
public static class DisableUser
{
    /// <param name="TakesOver">Needed where there are open deals.</param>
    public sealed record Command(UserId Id, UserId? TakesOver = null) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="HandedOver">How many deals have a new owner.</param>
    public sealed record Answer(int HandedOver);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, UseCasePipeline pipeline, TimeProvider time)
        : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            if (await db.Users.FirstOrDefaultAsync(u => u.Id == request.Id, ct) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (user.Id == actors.Current.Id)
            {
                return new Problem(ProblemCode.Conflict, AccessMessages.NotYourself);
            }

            if (user.Role == Role.Admin && await AdminGuard.IsLastAdmin(db, user.Id, ct))
            {
                return new Problem(ProblemCode.Conflict, AccessMessages.LastAdmin);
            }

            var handedOver = await HandOver(request, ct);
            if (!handedOver.Ok)
            {
                return handedOver.Problem;
            }

            user.DisabledAt ??= time.GetUtcNow();
            user.SecurityStamp = Guid.NewGuid().ToString("N");
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return handedOver.Value;
        }

        private async Task<Result<Answer>> HandOver(Command request, CancellationToken ct)
        {
            var open = await db.Deals.CountAsync(
                d => d.OwnerId == request.Id && d.Outcome == Outcome.Open && !d.Void && d.ArchivedAt == null, ct);
            if (open == 0)
            {
                return new Answer(0);
            }

            if (request.TakesOver is not { } takesOver)
            {
                return ValidationProblem.ForField("takesOver",
                    string.Format(CultureInfo.CurrentCulture, AccessMessages.TakesOverRequired, open));
            }

            var moved = await pipeline.Send(new ReassignDeals.Command(request.Id, takesOver), ct);
            return moved.Ok ? new Answer(moved.Value.Deals) : moved.Problem;
        }
    }
}
