using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Funnel;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Funnel;

internal static class FunnelProjections
{
    /// <summary>Folds up to so many changes in; tells how many deals that were.</summary>
    public static async Task<int> Fold(this CrmFixture crm, int changes)
    {
        await using var scope = crm.Services.CreateAsyncScope();
        return await FunnelProjection.CatchUpNow(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), changes,
            TestContext.Current.CancellationToken);
    }
}
