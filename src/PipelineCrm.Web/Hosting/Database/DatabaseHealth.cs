using Microsoft.Extensions.Diagnostics.HealthChecks;
using PipelineCrm.Persistence.Availability;

namespace PipelineCrm.Web.Hosting;

/// <summary>Whether deals can be moved now, and if not, why.</summary>
internal sealed partial class DatabaseHealth(ActiveDatabase database, ReadinessCheck readiness, ILogger<DatabaseHealth> log) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var ready = await Ask(cancellationToken);
        var facts = new Dictionary<string, object> { ["database"] = ready.Trouble is null or "blocked" ? "ok" : ready.Trouble };
        if (ready.State is { } state)
        {
            facts["roles"] = state.TwoRoles ? 2 : 1;
            facts["durable"] = state.Durable;
            facts["settings"] = new { state.Fsync, state.FullPageWrites, state.SynchronousCommit };
        }

        if (ready.Trouble is null)
        {
            return HealthCheckResult.Healthy(data: facts);
        }

        facts["trouble"] = ready.Trouble;
        facts["reason"] = ready.Reason!;
        LogNotReady(ready.Reason!, ready.Detail);
        return HealthCheckResult.Unhealthy(ready.Reason, data: facts);
    }

    private async Task<ReadinessReport> Ask(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            // Looking up a host's name cannot be cancelled and may take longer than anybody who asks waits.
            return await readiness.Ask(database.Connections.Crm, patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new("away", $"The database has not answered for {Patience.TotalSeconds:0} seconds.", null);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not ready: {Reason} {Detail}")]
    private partial void LogNotReady(string reason, string? detail);
}
