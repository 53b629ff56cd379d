using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Analytics;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Analytics;

internal static class FunnelFolding
{
    /// <summary>Folds up to so many changes in; tells how many deals that were.</summary>
    public static async Task<int> FoldAsync(this Crm crm, int changes)
    {
        await using var scope = crm.Services.CreateAsyncScope();
        return await FunnelFolder.FoldNow(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), changes, TestContext.Current.CancellationToken);
    }
}
