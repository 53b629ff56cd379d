using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Lists;

/// <summary>One's own jobs that go on, or whose outcome one has not been shown yet, newest first: what a page that was lost meanwhile has
/// to tell.</summary>
public static class ListBulkJobs
{
    private const int Most = 3;

    public sealed record Query(FactSubject Subject) : IRequest<IReadOnlyList<BulkJobView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, BulkJobReader jobs) : IHandler<Query, IReadOnlyList<BulkJobView>>
    {
        public async Task<Result<IReadOnlyList<BulkJobView>>> Handle(Query request, CancellationToken ct)
        {
            var ids = await db.BulkJobs
                .Where(job => (UserId?)job.UserId == actors.Current.Id && job.Subject == request.Subject && !job.Seen)
                .OrderByDescending(job => job.CreatedAt).Take(Most).Select(job => job.Id).ToListAsync(ct);
            var views = new List<BulkJobView>();
            foreach (var id in ids)
            {
                if (await jobs.Read(id, ct) is { Ok: true } read)
                {
                    views.Add(read.Value);
                }
            }

            return views;
        }
    }
}
