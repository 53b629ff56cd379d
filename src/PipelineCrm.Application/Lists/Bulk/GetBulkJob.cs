namespace PipelineCrm.Lists;

/// <summary>One's own job, as far as it is.</summary>
public static class GetBulkJob
{
    public sealed record Query(Guid Id) : IRequest<BulkJobView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Handler(BulkJobReader jobs) : IHandler<Query, BulkJobView>
    {
        public Task<Result<BulkJobView>> Handle(Query request, CancellationToken ct) => jobs.Read(request.Id, ct);
    }
}
