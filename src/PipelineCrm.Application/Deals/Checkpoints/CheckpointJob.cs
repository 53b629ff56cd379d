using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Projections;

namespace PipelineCrm.Deals;

/// <summary>Makes a checkpoint once an hour, where there is a folder for them.</summary>
internal sealed class CheckpointJob(IServiceScopeFactory scopes, UseCaseSender sender, CheckpointFolder folder, TimeProvider time,
    ILogger<CheckpointJob> log) : BackgroundWork(log)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);

    private readonly ILogger _log = log;

    /// <returns>Whether one was due, and made.</returns>
    public async Task<bool> MakeIfDue(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var last = await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Checkpoints.MaxAsync(one => (DateTimeOffset?)one.At, ct);
        if (folder.Path is null || last > time.GetUtcNow() - Every)
        {
            return false;
        }

        var made = await sender.Send(new MakeCheckpoint.Command(), Caller.Console, ct);
        if (!made.Ok)
        {
            _log.LogError("No checkpoint was made: {Code}", made.Problem.Code);
        }

        return made.Ok;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RunOnceOrLog(stoppingToken);
        }
    }

    protected override Task RunOnce(CancellationToken ct) => MakeIfDue(ct);
}
