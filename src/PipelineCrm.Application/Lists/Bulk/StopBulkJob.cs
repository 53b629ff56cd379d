using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Lists;

/// <summary>Ends one's own job: what is done stays done, the rest is not tried.</summary>
public static class StopBulkJob
{
    public sealed record Command(Guid Id) : IRequest<BulkJobView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, BulkJobReader jobs, TimeProvider time)
            : IHandler<Command, BulkJobView>
    {
        public async Task<Result<BulkJobView>> Handle(Command request, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            await db.BulkJobs
                .Where(job => job.Id == request.Id && (UserId?)job.UserId == actors.Current.Id && job.FinishedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.FinishedAt, now).SetProperty(job => job.EndedBy, ""), ct);
            return await jobs.Read(request.Id, ct);
        }
    }
}
