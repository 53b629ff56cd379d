using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PipelineCrm.Persistence.Projections;

/// <summary>Work that is done again and again. Whatever goes wrong, the next time comes: an exception that left a background service would
/// end the whole application.</summary>
internal abstract class BackgroundWork(ILogger log) : BackgroundService
{
    protected abstract Task RunOnce(CancellationToken ct);

    internal async Task RunOnceOrLog(CancellationToken ct)
    {
        try
        {
            await RunOnce(ct);
        }
        catch (Exception outage) when (DatabaseOutage.Caused(outage))
        {
            log.LogWarning("{Work} was left undone, the database is away: {Kind}", GetType().Name, outage.GetType().Name);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            log.LogError(bug, "{Work} was left undone", GetType().Name);
        }
    }
}
