using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Lists;

namespace PipelineCrm.IntegrationTests.Lists;

internal static class BulkSteps
{
    /// <summary>Begins a job, runs all there are to their ends, and reads what became of it.</summary>
    public static async Task<BulkJobView> Run(this CrmFixture crm, IRequest<BulkJobView> request, Caller by)
    {
        var job = await crm.Ok(request, by);
        await crm.Services.GetRequiredService<BulkJobWorker>().RunAll(DealSteps.Ct);
        return await crm.Ok(new GetBulkJob.Query(job.Id), by);
    }
}
