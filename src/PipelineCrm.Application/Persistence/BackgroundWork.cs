using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineCrm.Common;

namespace PipelineCrm.Persistence;

/// <summary>Work that is done again and again. Whatever goes wrong, the next time comes: an exception that left a background service would end the whole application.</summary>
internal abstract class BackgroundWork(ILogger log) : BackgroundService
{
    protected abstract Task Once(CancellationToken ct);

    internal async Task OnceOrLog(CancellationToken ct)
    {
        try
        {
            await Once(ct);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            log.LogWarning("{Work} was left undone, the database is away: {Kind}", GetType().Name, outage.GetType().Name);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            log.LogError(bug, "{Work} was left undone", GetType().Name);
        }
    }
}
