using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Lists;

/// <summary>Says that one knows what became of one's own job: no page tells it any more.</summary>
public static class CloseBulkJob
{
    public sealed record Command(Guid Id) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            await db.BulkJobs
                .Where(job => job.Id == request.Id && (UserId?)job.UserId == actors.Current.Id && job.FinishedAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.Seen, true), ct);
            return Unit.Value;
        }
    }
}
